package io.assent.push;

import io.assent.device.DeviceStore;
import io.assent.device.DeviceStoreFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** The platforms that this server can push to, and which of them a realm's customers may use. */
public final class Platforms {

    /** The platforms that customers of this realm may register devices for. */
    public static Set<String> of(KeycloakSession session, RealmModel realm) {
        Set<String> allowed = allowed(session.getKeycloakSessionFactory());
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(PushSender.class)
                .map(PushSenderFactory.class::cast)
                .filter(factory -> allowed.isEmpty() ? !factory.isForTrials() : allowed.contains(factory.getId()))
                .filter(factory -> factory.isAvailable(session, realm))
                .map(PushSenderFactory::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws IllegalStateException if the operator allows a platform that is not deployed */
    static void check(KeycloakSessionFactory factory) {
        Set<String> deployed = factory.getProviderFactoriesStream(PushSender.class)
                .map(sender -> sender.getId())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(allowed(factory))) {
            if (!deployed.contains(name)) {
                throw new IllegalStateException(
                        "--spi-consent-device--jpa--platforms names the platform '%s', which no push sender serves."
                                        .formatted(name)
                                + " Deployed: " + String.join(", ", deployed));
            }
        }
    }

    private static Set<String> allowed(KeycloakSessionFactory factory) {
        return ((DeviceStoreFactory) factory.getProviderFactory(DeviceStore.class)).allowedPlatforms();
    }

    private Platforms() {}
}
