package io.assent.probe;

import io.assent.account.AccountSource;
import io.assent.account.AccountSourceFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes the {@link AttributeAccounts}, which a realm names as {@code probe}. */
public final class AttributeAccountsFactory implements AccountSourceFactory {

    @Override
    public String getId() {
        return "probe";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public AccountSource create(KeycloakSession session) {
        return new AttributeAccounts();
    }

    @Override
    public void close() {}
}
