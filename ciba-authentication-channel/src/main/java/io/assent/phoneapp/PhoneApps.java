package io.assent.phoneapp;

import io.assent.permission.ConsentSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * The apps that may open a realm's links: settings of the required action {@value ConsentSettings#PROVIDER_ID}. What
 * can't be read names no app.
 *
 * @param android each app as often as it has certificates
 * @param ios app IDs: the team's ten characters, a dot, and the bundle's
 */
public record PhoneApps(List<AndroidApp> android, List<String> ios) {

    /** The name of the setting that holds {@code package=fingerprint}. */
    public static final String ANDROID = "android-apps";

    /** The name of the setting that holds app IDs. */
    public static final String IOS = "ios-apps";

    /** Of one kind. */
    public static final int MOST = 20;

    private static final Pattern IOS_APP = Pattern.compile("[A-Z0-9]{10}\\.[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int MAX_IOS_LENGTH = 166;

    public PhoneApps {
        android = List.copyOf(android);
        ios = List.copyOf(ios);
    }

    public static PhoneApps of(RealmModel realm) {
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(ConsentSettings.PROVIDER_ID);
        return config == null
                ? new PhoneApps(List.of(), List.of())
                : of(config.getConfigValue(ANDROID, ""), config.getConfigValue(IOS, ""));
    }

    static PhoneApps of(String android, String ios) {
        return new PhoneApps(
                values(android).stream()
                        .map(AndroidApp::parse)
                        .flatMap(Optional::stream)
                        .limit(MOST)
                        .toList(),
                values(ios).stream().filter(PhoneApps::isIosApp).limit(MOST).toList());
    }

    /** What is wrong with the value of {@link #ANDROID}, as a sentence for the admin; without a colon. */
    public static Optional<String> flawOfAndroid(String setting) {
        return flaw(
                setting,
                value -> AndroidApp.parse(value).isPresent(),
                "An Android app is written as package=fingerprint, with the SHA-256 fingerprint of its signing certificate"
                        + " as keytool and the Play Console show it");
    }

    /** The same of {@link #IOS}. */
    public static Optional<String> flawOfIos(String setting) {
        return flaw(
                setting,
                PhoneApps::isIosApp,
                "An iOS app is written as its app ID, which is the team ID, a dot and the bundle ID, such as"
                        + " ABCDE12345.com.example.bank");
    }

    private static Optional<String> flaw(String setting, Predicate<String> rule, String message) {
        List<String> values = values(setting);
        if (values.size() > MOST) {
            return Optional.of("There can be no more than " + MOST + " apps of a kind");
        }
        return values.stream().allMatch(rule) ? Optional.empty() : Optional.of(message);
    }

    private static boolean isIosApp(String value) {
        return value.length() <= MAX_IOS_LENGTH && IOS_APP.matcher(value).matches();
    }

    private static List<String> values(String setting) {
        return Arrays.stream(Constants.CFG_DELIMITER_PATTERN.split(setting))
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }
}
