package io.assent.ciba.request;

import io.assent.claim.ClaimsParameter;
import io.assent.detail.Details;
import io.assent.standin.RequestStandIn;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import org.keycloak.http.HttpRequest;

/**
 * A backchannel request as the stock code wants it: with the one hint by which the realm is set to find customers. What
 * is there in its place says nothing, and nobody believes it.
 */
final class LaidOutRequest extends RequestStandIn {

    private static final String ANY = "-";

    /** What the stock code would trip over, or fetch, and is read elsewhere. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("requested_expiry", "user_code", "request_uri", Details.PARAMETER, ClaimsParameter.NAME);

    private static final Set<String> HINTS = Set.of("login_hint", "id_token_hint", "login_hint_token");

    private final MultivaluedMap<String, String> form;

    private LaidOutRequest(HttpRequest sent, MultivaluedMap<String, String> form) {
        super(sent);
        this.form = form;
    }

    static LaidOutRequest of(HttpRequest sent) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        sent.getDecodedFormParameters().forEach((name, values) -> {
            List<String> given = values.stream()
                    .filter(value -> value != null && !value.isBlank())
                    .toList();
            // what is sent without a value is not there (RFC 6749, section 3.1)
            if (!given.isEmpty() && !READ_ELSEWHERE.contains(name)) {
                form.addAll(name, given);
            }
        });
        HINTS.forEach(hint -> form.putSingle(hint, ANY));
        return new LaidOutRequest(sent, form);
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return form;
    }
}
