package io.assent.rest.admin;

import io.assent.request.ConsentApp;
import io.assent.rest.DescribedMethods;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** Serves the staff's API below {@code /admin/realms/{realm}/consents}. */
public final class StaffResourceProviderFactory implements AdminRealmResourceProviderFactory {

    static final String ID = "consents";

    private final ConsentApp app = new ConsentApp();
    private DescribedMethods methods;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new StaffResourceProvider(app, methods);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        methods = DescribedMethods.read(StaffResource.class);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
