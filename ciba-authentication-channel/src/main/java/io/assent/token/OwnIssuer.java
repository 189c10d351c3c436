package io.assent.token;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** What the server would name as the issuer in a token now. */
public final class OwnIssuer {

    /** Empty where nobody calls the server and no full hostname is set: then it does not know its own URL. */
    public static Optional<String> find(KeycloakSession session, RealmModel realm) {
        try {
            return Optional.of(Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        } catch (ContextNotActiveException byNoCall) {
            return Optional.empty();
        }
    }

    private OwnIssuer() {}
}
