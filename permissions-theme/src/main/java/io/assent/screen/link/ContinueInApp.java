package io.assent.screen.link;

import io.assent.device.Devices;
import io.assent.permission.ConsentSettings;
import io.assent.server.Customer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/** Who may go on in the bank's app in place of the consent screen: a setting of that required action. */
public enum ContinueInApp {
    /** Customers with a registered device. */
    WITH_DEVICE("with-device"),
    /** Everybody: an app may open a link that never registered for pushes. */
    ALWAYS("always"),
    /** Nobody. */
    NEVER("never");

    /** The name of the setting. */
    public static final String SETTING = "continue-in-app";

    private final String value;

    ContinueInApp(String value) {
        this.value = value;
    }

    /** How the setting spells it. */
    public String value() {
        return value;
    }

    /** The one that the setting spells so. */
    public static Optional<ContinueInApp> of(String value) {
        return Arrays.stream(values()).filter(one -> one.value.equals(value)).findFirst();
    }

    public static List<String> spellings() {
        return Arrays.stream(values()).map(ContinueInApp::value).toList();
    }

    /** Whether it is offered to a customer. */
    public static boolean isOffered(KeycloakSession session, RealmModel realm, Customer customer) {
        return switch (of(realm)) {
            case NEVER -> false;
            case ALWAYS -> true;
            case WITH_DEVICE -> !Devices.of(session).list(customer).isEmpty();
        };
    }

    private static ContinueInApp of(RealmModel realm) {
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(ConsentSettings.PROVIDER_ID);
        String value = config == null ? WITH_DEVICE.value : config.getConfigValue(SETTING, WITH_DEVICE.value);
        // what can't be read is the narrowest choice
        return of(value).orElse(NEVER);
    }
}
