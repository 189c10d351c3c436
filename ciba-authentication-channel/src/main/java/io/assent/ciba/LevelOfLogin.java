package io.assent.ciba;

import io.assent.evidence.Evidence;
import io.assent.request.ConsentRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/**
 * How sure it is that the customer answered: by the {@code acr} of the login that did, which the tokens tell in the
 * client's own words.
 */
record LevelOfLogin(ConsentRequest request) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /** Whether an {@code acr} is one that a login in the realm can have. */
    static boolean isKnown(ClientModel client, String acr) {
        return level(client, acr).isPresent();
    }

    private static Optional<Integer> level(ClientModel client, String acr) {
        return Optional.ofNullable(AcrUtils.getAcrLoaMap(client).get(acr)).or(() -> Optional.of(acr)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Integer::valueOf));
    }

    /** Keeps it where the server looks for the level of a session's login, also when it refreshes. */
    void keepIn(AuthenticatedClientSessionModel session) {
        Evidence evidence = request.decision().evidence();
        int level = Optional.ofNullable(evidence.acr())
                .flatMap(acr -> level(decider(session, evidence), acr))
                // a login that says nothing proves nothing
                .orElse(Constants.MINIMUM_LOA);
        session.setNote(Constants.LEVEL_OF_AUTHENTICATION, String.valueOf(level));
        if (!request.acrValues().isEmpty()) {
            session.setNote(OIDCLoginProtocol.ACR_PARAM, String.join(" ", request.acrValues()));
        }
    }

    /** In whose words the {@code acr} of the login is; one that is gone used those of the realm, as far as is known. */
    private static ClientModel decider(AuthenticatedClientSessionModel session, Evidence evidence) {
        return Optional.ofNullable(evidence.clientId())
                .map(session.getRealm()::getClientById)
                .orElse(session.getClient());
    }
}
