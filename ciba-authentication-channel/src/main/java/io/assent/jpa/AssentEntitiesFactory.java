package io.assent.jpa;

import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Tells Keycloak of the pack's tables. */
public final class AssentEntitiesFactory implements JpaEntityProviderFactory {

    /** Part of the name of the table in which Liquibase keeps count: never change it. */
    static final String ID = "assent";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new AssentEntities();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
