package io.assent.rest.admin;

import io.assent.doctor.StartReport;
import io.assent.request.ConsentApp;
import io.assent.rest.DescribedMethods;
import io.assent.rest.OpenBodies;
import io.assent.rest.admin.call.StaffEvents;
import io.assent.rest.admin.destination.DestinationTests;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** Serves the staff's API below {@code /admin/realms/{realm}/consents}. */
public final class StaffResourceProviderFactory implements AdminRealmResourceProviderFactory {

    private final ConsentApp app = new ConsentApp();
    private final DestinationTests destinationTests = new DestinationTests();
    private DescribedMethods methods;
    private OpenBodies bodies;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new StaffResourceProvider(app, methods, bodies, destinationTests);
    }

    @Override
    public String getId() {
        return StaffEvents.ROOT;
    }

    @Override
    public void init(Config.Scope config) {
        methods = DescribedMethods.read(StaffResource.class);
        bodies = new OpenBodies(OpenBodies.USUAL_DEADLINE);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        StartReport.schedule(factory);
    }

    @Override
    public void close() {
        destinationTests.close();
        if (bodies != null) {
            bodies.close();
        }
    }
}
