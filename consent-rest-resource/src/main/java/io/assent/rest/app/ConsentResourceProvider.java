package io.assent.rest.app;

import io.assent.request.ConsentApp;
import io.assent.rest.JsonBody;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

final class ConsentResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final ConsentApp app;
    private final CallLimits limits;

    ConsentResourceProvider(KeycloakSession session, ConsentApp app, CallLimits limits) {
        this.session = session;
        this.app = app;
        this.limits = limits;
    }

    /** @return {@code null} in a realm that has no app, where the server answers as if the pack were not there */
    @Override
    public Object getResource() {
        if (!app.isIn(session.getContext().getRealm())) {
            return null;
        }
        JsonBody.refuseMalformedType(session);
        return new ConsentResource(session, limits);
    }

    @Override
    public void close() {}
}
