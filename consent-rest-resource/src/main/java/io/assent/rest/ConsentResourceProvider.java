package io.assent.rest;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

final class ConsentResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;

    ConsentResourceProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        JsonBody.refuseMalformedType(session);
        return new ConsentResource(session);
    }

    @Override
    public void close() {}
}
