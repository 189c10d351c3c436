package io.assent.rest.app;

import io.assent.request.ConsentApp;
import io.assent.rest.ApiAudience;
import io.assent.rest.DescribedMethods;
import io.assent.rest.partner.Refreshes;
import io.assent.server.OperatorLog;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the app's API below {@code /realms/{realm}/consent}. */
public final class ConsentResourceProviderFactory implements RealmResourceProviderFactory {

    static final String ID = "consent";

    private static final Logger LOG = Logger.getLogger(ConsentResourceProviderFactory.class);

    private final ConsentApp app = new ConsentApp();
    private final ApiAudience audience = new ApiAudience(new OperatorLog(LOG));
    private final Refreshes refreshes = new Refreshes();
    private CallLimits limits;
    private DescribedMethods methods;

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ConsentResourceProvider(session, app, audience, limits, methods, refreshes);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        limits = CallLimits.read(config);
        methods = DescribedMethods.read(ConsentResource.class);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return CallLimits.metadata();
    }

    @Override
    public void close() {
        refreshes.close();
        if (limits != null) {
            limits.bodies().close();
        }
    }
}
