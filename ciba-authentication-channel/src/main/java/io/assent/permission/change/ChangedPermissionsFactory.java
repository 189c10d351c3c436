package io.assent.permission.change;

import io.assent.server.ServerTime;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.component.ComponentFactory;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The type of component by which a realm keeps its changes: with the realm it is cached, exported and removed. */
public final class ChangedPermissionsFactory implements ComponentFactory<ChangedPermissions, ChangedPermissions> {

    @Override
    public String getId() {
        return ChangedPermissions.ID;
    }

    @Override
    public ChangedPermissions create(KeycloakSession session, ComponentModel component) {
        return ChangedPermissions.of(session.getContext().getRealm());
    }

    /** Whoever writes it: an import, or Keycloak's own API. */
    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel component)
            throws ComponentValidationException {
        try {
            ChangedPermissions.of(realm).checkWritten(component, ServerTime.now());
        } catch (InvalidChangeException invalid) {
            throw new ComponentValidationException(
                    "'document' is not what the staff's API would write. " + invalid.getMessage());
        }
    }

    @Override
    public String getHelpText() {
        return "Changes of permissions. Written by the staff's API.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
