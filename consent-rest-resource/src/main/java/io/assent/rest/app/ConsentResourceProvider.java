package io.assent.rest.app;

import io.assent.request.ConsentApp;
import io.assent.rest.JsonBody;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

final class ConsentResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final CallLimits limits;

    ConsentResourceProvider(KeycloakSession session, CallLimits limits) {
        this.session = session;
        this.limits = limits;
    }

    /** @return {@code null} in a realm that has no app, where the server answers as if the pack were not there */
    @Override
    public Object getResource() {
        if (!ConsentApp.isIn(session.getContext().getRealm())) {
            return null;
        }
        JsonBody.refuseMalformedType(session);
        return new ConsentResource(session, limits);
    }

    @Override
    public void close() {}
}
