package io.assent.push;

import io.assent.api.PublicApi;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderFactory;

/** Makes the {@link PushSender} of one platform; holds what is expensive, such as the vendor's client. */
@PublicApi
public interface PushSenderFactory extends ProviderFactory<PushSender> {

    /**
     * Whether devices of this realm may register for the platform: not where its settings are missing, so that no
     * customer waits for a push that can't be sent.
     */
    default boolean isAvailable(KeycloakSession session, RealmModel realm) {
        return true;
    }

    /**
     * Whether devices may register for the platform only where the operator names it among the allowed platforms: a
     * platform that reaches nobody is no default.
     */
    default boolean isForTrials() {
        return false;
    }
}
