package io.assent.safeguard;

import io.assent.server.OperatorLog;
import java.util.Locale;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;

/** Why a client gets no permission: something about it, or about what it asks for, is set up in an unsafe way. */
enum Flaw {
    FULL_SCOPE(
            OAuthErrorException.UNAUTHORIZED_CLIENT,
            "The client is set to be given all roles of its users",
            "A client that asks customers must not get their roles, with which it could grant itself what it wants."
                    + " Set 'Client scopes, <client>-dedicated, Scope, Full scope allowed' to off."),
    MANAGEMENT_ROLES(
            OAuthErrorException.UNAUTHORIZED_CLIENT,
            "The client would be given roles of the account or of the realm's management",
            "A client that asks customers must not get roles of the clients 'account' and 'realm-management', with which"
                    + " it could grant itself what it wants. Remove them from the scope of the client, of its roles and"
                    + " of its client scopes."),
    CONSENT_APP(
            OAuthErrorException.INVALID_SCOPE,
            "The client asks customers, and can't be the app that answers for them",
            "A client that asks customers must not answer for them. Remove the client scope 'consent-app' from it, or set"
                    + " both 'OIDC CIBA Grant' and 'Consent required' to off if it is the bank's own app."),
    NOT_IN_TOKEN_SCOPE(
            OAuthErrorException.INVALID_SCOPE,
            "A permission is kept out of the scope of tokens",
            "A permission that no token's scope names can't be seen by anybody who checks the token. Set 'Include in"
                    + " token scope' of the client scope to on."),
    NOT_SHOWABLE(
            OAuthErrorException.INVALID_SCOPE,
            "A permission can't be shown to customers",
            "A permission with a parameter can't be shown to customers. Make a client scope for each permission, with"
                    + " 'Parameterized scope' off."),
    ONE_TIME(
            OAuthErrorException.INVALID_SCOPE,
            "A permission is asked for each time, and can't be here",
            "A permission that is good for one token can only be granted in the"
                    + " bank's app or on the pack's consent screen. Turn on 'Authentication, Required actions, Consent"
                    + " permissions', and do not ask for it with a device code."),
    NOBODY_ASKED(
            OAuthErrorException.INVALID_SCOPE,
            "No customer was asked for the permission",
            "A token must not carry a permission for which no customer was asked. Set 'Consent required' of the client to"
                    + " on, and do not use grants in which nobody is asked. If it is the bank's own, name it in"
                    + " 'Authentication, Required actions, Consent permissions, The bank's own clients'."),
    UNSIGNED(
            OAuthErrorException.INVALID_SCOPE,
            "An approval has to be signed, and can't be here",
            "By the rule 'Signature of an approval' customers sign what they grant to the client, and Keycloak's own"
                    + " consent page takes no signature. Turn on 'Authentication, Required actions, Consent permissions',"
                    + " and do not ask with a device code."),
    NO_CUSTOMER(
            OAuthErrorException.INVALID_SCOPE,
            "A permission is a customer's to grant, and a service account is none",
            "A permission is a customer's to grant, and a service account is none. Use a client scope that is not shown"
                    + " on the consent screen, or name the client in 'Authentication, Required actions, Consent"
                    + " permissions, The bank's own clients' if it is the bank's own.");

    private final String error;
    private final String description;
    private final String remedy;

    Flaw(String error, String description, String remedy) {
        this.error = error;
        this.description = description;
        this.remedy = remedy;
    }

    /** The OAuth error code (RFC 6749, section 5.2). */
    String error() {
        return error;
    }

    /** What the client is told; nothing about how the realm is set up but what concerns it. */
    String description() {
        return description;
    }

    /** Tells the operator which client was refused, and what to set: at most once a minute for each client. */
    void tell(OperatorLog operator, ClientModel client) {
        operator.error(
                client.getId(),
                "Client '%s' in realm '%s' was refused: %s"
                        .formatted(client.getClientId(), client.getRealm().getName(), remedy));
    }

    /** How events spell it, as in {@code full_scope}. */
    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
