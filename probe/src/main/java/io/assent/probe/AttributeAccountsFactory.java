package io.assent.probe;

import io.assent.account.AccountSource;
import io.assent.account.AccountSourceFactory;
import org.keycloak.models.KeycloakSession;

/** Makes the {@link AttributeAccounts}, which a realm names as {@code probe}. */
public final class AttributeAccountsFactory implements AccountSourceFactory {

    @Override
    public String getId() {
        return "probe";
    }

    @Override
    public AccountSource create(KeycloakSession session) {
        return new AttributeAccounts();
    }
}
