package io.assent.ciba.request;

import java.util.Objects;
import org.keycloak.OAuthErrorException;

/**
 * Why a backchannel authentication request is refused (CIBA Core 1.0, section 13).
 *
 * @param error the error code
 * @param description for the client's developer; repeats nothing of what was sent
 */
public record Refusal(String error, String description) implements Reading, HintedCustomer {

    /** The hint names nobody who can be asked (CIBA Core 1.0, section 13). */
    static final String UNKNOWN_USER_ID = "unknown_user_id";

    /** A {@code login_hint_token} that was good once (CIBA Core 1.0, section 13). */
    static final String EXPIRED_LOGIN_HINT_TOKEN = "expired_login_hint_token";

    /** The customer's user code is needed (CIBA Core 1.0, section 13). */
    static final String MISSING_USER_CODE = "missing_user_code";

    /** The user code is not the customer's (CIBA Core 1.0, section 13). */
    static final String INVALID_USER_CODE = "invalid_user_code";

    public Refusal {
        Objects.requireNonNull(error);
        Objects.requireNonNull(description);
    }

    /** The request is malformed, or asks for what there is not. */
    public static Refusal invalidRequest(String description) {
        return new Refusal(OAuthErrorException.INVALID_REQUEST, description);
    }

    static Refusal invalidScope(String description) {
        return new Refusal(OAuthErrorException.INVALID_SCOPE, description);
    }

    /** The binding message is missing, or not one that can be shown. */
    public static Refusal invalidBindingMessage(String description) {
        return new Refusal(OAuthErrorException.INVALID_BINDING_MESSAGE, description);
    }
}
