package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;

/** A TPP that the bank's staff register by the one form for it. */
public final class NewTpp {

    /** One that asks by CIBA and polls, with a secret. */
    public static ObjectNode polling(String clientId, String... permissions) {
        ObjectNode tpp = Http.object()
                .put("clientId", clientId)
                .put("name", "Acme Budget")
                .put("ciba", "poll")
                .put("authentication", "client-secret");
        for (String permission : permissions) {
            tpp.withArrayProperty("permissions").add(permission);
        }
        return tpp;
    }

    private NewTpp() {}
}
