package io.assent.sandbox;

import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Does a call's work in a transaction of its own, in the call's realm. Of two calls at once one may find that something
 * was made or is gone meanwhile, and has to look again: it is tried once more.
 *
 * @param name for the server's traces
 */
record OwnTransaction(KeycloakSession session, String name) {

    <T> T run(Function<KeycloakSession, T> work) {
        try {
            return once(work);
        } catch (ModelException otherwiseMeanwhile) {
            return once(work);
        }
    }

    private <T> T once(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), session.getContext(), work::apply, name);
    }
}
