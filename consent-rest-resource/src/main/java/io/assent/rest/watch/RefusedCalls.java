package io.assent.rest.watch;

import io.assent.call.CallRefused;
import io.assent.rest.Problem;
import io.assent.server.AssentEventListener;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Tells of each {@link Problem} that goes out, whoever made it. Goes before the filter that closes the session: what
 * fails at the commit is answered when that is closed, and not told of here.
 */
@Provider
public final class RefusedCalls implements ContainerResponseFilter {

    @Context
    KeycloakSession session;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem && !session.isClosed()) {
            Optional.ofNullable(session.getContext().getRealm()).ifPresent(realm -> tell(realm, problem));
        }
    }

    private void tell(RealmModel realm, Problem problem) {
        Optional<String> client =
                Optional.ofNullable(session.getContext().getClient()).map(ClientModel::getId);
        AssentEventListener.tell(session, new CallRefused(realm.getId(), client, problem.name()));
    }
}
