package io.assent.ciba;

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
        int level = Optional.ofNullable(request.decision().evidence().acr())
                .flatMap(acr -> level(session.getClient(), acr))
                // a login that says nothing proves nothing
                .orElse(Constants.MINIMUM_LOA);
        session.setNote(Constants.LEVEL_OF_AUTHENTICATION, String.valueOf(level));
        if (!request.acrValues().isEmpty()) {
            session.setNote(OIDCLoginProtocol.ACR_PARAM, String.join(" ", request.acrValues()));
        }
    }
}
