package io.assent.rest;

import io.assent.server.OperatorLog;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The audience of the app's API: a token that the app sends to another API of the bank is no good here (RFC 9700,
 * section 2.3). The realm puts it into tokens by a mapper of the client scope {@code consent-app}.
 */
public final class ApiAudience {

    public static final String NAME = "consent-api";

    private final OperatorLog operator;

    public ApiAudience(OperatorLog operator) {
        this.operator = operator;
    }

    /** Refuses a token that is not for this API, and tells the operator what to set: it may be the realm's fault. */
    void require(KeycloakSession session, RealmModel realm, AuthResult caller) {
        if (!caller.token().hasAudience(NAME)) {
            operator.error(
                    realm.getId(),
                    "A token of client '%s' in realm '%s' was refused: it is not for the consent API. Add to the client"
                                    .formatted(caller.client().getClientId(), realm.getName())
                            + " scope 'consent-app' a mapper of the type 'Audience' with 'Included Custom Audience' set to '"
                            + NAME + "', 'Add to access token' on, and 'Add to lightweight access token' on.");
            throw Problem.invalidToken("The access token is not for this API: its audience must name '" + NAME + "'.")
                    .toException(Bearer.challenge(session, "error=\"invalid_token\""));
        }
    }
}
