package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;

/** A TPP that an admin makes in a realm that has none, as the documents say. */
public final class OwnTpp {

    /** What the admin sends to the admin API. */
    public static ObjectNode form(String clientId, String... permissions) {
        ObjectNode client = Http.object()
                .put("clientId", clientId)
                .put("secret", clientId + "-secret")
                .put("standardFlowEnabled", false)
                .put("consentRequired", true)
                .put("fullScopeAllowed", false);
        client.putObject("attributes").put("oidc.ciba.grant.enabled", "true");
        client.putArray("defaultClientScopes").add("basic");
        for (String permission : permissions) {
            client.withArrayProperty("optionalClientScopes").add(permission);
        }
        return client;
    }

    private OwnTpp() {}
}
