package io.assent.push;

import io.assent.device.Devices;
import io.assent.limit.Burst;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliverySpi;
import io.assent.outbox.PromiseHandler;
import io.assent.outbox.PromiseHandlerFactory;
import io.assent.request.ConsentRequests;
import io.assent.server.ProviderOptions;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Makes {@link PushHandler}. */
public final class PushHandlerFactory implements PromiseHandlerFactory {

    /** One for each device and request. */
    public static final String KIND = "push";

    private static final String BURST = "burst-seconds";
    private static final int DEFAULT_BURST = 10;
    private static final int LONGEST_BURST = 60;

    private Burst burst = new Burst(Duration.ofSeconds(DEFAULT_BURST));

    /** As the operator set it for this server. */
    static Burst burst(KeycloakSessionFactory factory) {
        return ((PushHandlerFactory) factory.getProviderFactory(DeliveryHandler.class, KIND)).burst;
    }

    @Override
    public PromiseHandler create(KeycloakSession session) {
        return new PushHandler(
                session, ConsentRequests.of(session), Devices.of(session), new PushComposer(session), burst);
    }

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(DeliverySpi.NAME, KIND, config);
        burst = new Burst(Duration.ofSeconds(options.number(BURST, DEFAULT_BURST, 0, LONGEST_BURST)));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(BURST)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_BURST)
                .helpText("The number of seconds in which further requests to a customer with a pending request"
                        + " share one push. 0: each request has its own push at once.")
                .add()
                .build();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        Platforms.check(factory);
        factory.register(PushEvent::tell);
    }

    @Override
    public void close() {}
}
