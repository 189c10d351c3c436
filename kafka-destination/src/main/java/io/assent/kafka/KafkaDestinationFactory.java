package io.assent.kafka;

import io.assent.destination.EventDestination;
import io.assent.destination.EventDestinationFactory;
import io.assent.destination.EventDestinationSpi;
import io.assent.destination.Setting;
import io.assent.server.ProviderOptions;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes {@link KafkaDestination}; holds one producer for each destination, for as long as it is used. Has one option,
 * {@code allowed-hosts}: at which brokers realms may send.
 */
public final class KafkaDestinationFactory implements EventDestinationFactory {

    static final String TYPE = "kafka";

    private final Producers producers = new Producers();
    private AllowedHosts allowed;

    @Override
    public void init(Config.Scope config) {
        allowed = AllowedHosts.of(new ProviderOptions(EventDestinationSpi.NAME, TYPE, config));
    }

    @Override
    public EventDestination create(KeycloakSession session, ComponentModel settings) {
        return new KafkaDestination(
                producers,
                settings.getId(),
                KafkaSettings.read(
                        name -> Setting.text(settings, name), name -> Setting.secret(session, settings, name)),
                allowed);
    }

    /** What the server's vault has is looked at when it is used. */
    @Override
    public void validate(KeycloakSession session, RealmModel realm, ComponentModel settings) {
        KafkaSettings read =
                KafkaSettings.read(name -> Setting.text(settings, name), name -> Setting.text(settings, name));
        read.flaw().or(() -> allowed.flaw(read)).ifPresent(flaw -> {
            throw new ComponentValidationException(flaw);
        });
    }

    @Override
    public String getId() {
        return TYPE;
    }

    @Override
    public String getHelpText() {
        return "Sends events to a topic of Apache Kafka.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return AllowedHosts.metadata();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return KafkaSettings.properties();
    }

    @Override
    public void close() {
        producers.close();
    }
}
