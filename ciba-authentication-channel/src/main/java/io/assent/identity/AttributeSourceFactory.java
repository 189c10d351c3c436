package io.assent.identity;

import org.keycloak.models.KeycloakSession;

/** Makes {@link AttributeSource}, which is used where no other source is named. */
public final class AttributeSourceFactory implements VerifiedIdentitySourceFactory {

    @Override
    public VerifiedIdentitySource create(KeycloakSession session) {
        return new AttributeSource();
    }

    @Override
    public String getId() {
        return "attributes";
    }

    /** Above the other sources' 0: without an option it is this one. */
    @Override
    public int order() {
        return 1;
    }
}
