package io.assent.detail.type;

import io.assent.detail.ConsentDetailType;
import io.assent.detail.ConsentDetailTypeFactory;
import org.keycloak.models.KeycloakSession;

/** Makes a type of which one is enough for all. */
abstract class BuiltInFactory implements ConsentDetailTypeFactory {

    private final String name;
    private final ConsentDetailType type;

    BuiltInFactory(String name, ConsentDetailType type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public ConsentDetailType create(KeycloakSession session) {
        return type;
    }

    @Override
    public String getId() {
        return name;
    }
}
