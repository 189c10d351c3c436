package io.assent.sandbox;

import io.assent.account.AccountSource;
import io.assent.account.AccountSourceFactory;
import org.keycloak.models.KeycloakSession;

/** The account source {@value Sandbox#ID}: accounts that the sandbox makes up. */
public final class SandboxAccountSourceFactory implements AccountSourceFactory {

    @Override
    public String getId() {
        return Sandbox.ID;
    }

    @Override
    public AccountSource create(KeycloakSession session) {
        return new SandboxAccountSource(session.getContext().getRealm());
    }
}
