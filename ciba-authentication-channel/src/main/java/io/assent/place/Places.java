package io.assent.place;

import io.assent.server.OperatorLog;
import io.assent.text.Unseen;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Where addresses are, as the bank's {@link PlaceProvider} says. */
public final class Places {

    /** The longest text, in characters. */
    public static final int MAX_LENGTH = 100;

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(Places.class));

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}" + Unseen.CHARACTERS + "]");

    private final Optional<PlaceProvider> provider;

    private Places(Optional<PlaceProvider> provider) {
        this.provider = provider;
    }

    public static Places of(KeycloakSession session) {
        return of(Optional.ofNullable(session.getProvider(PlaceProvider.class)));
    }

    static Places of(Optional<PlaceProvider> provider) {
        return new Places(provider);
    }

    /**
     * @param address or {@code null}
     * @return empty where nobody knows, or where the provider says what can't be shown, or fails: nobody waits for a
     *     place
     */
    public Optional<String> find(String address, Locale language) {
        return address == null ? Optional.empty() : provider.flatMap(known -> ask(known, address, language));
    }

    private static Optional<String> ask(PlaceProvider provider, String address, Locale language) {
        try {
            return provider.place(address, language).filter(Places::canBeShown);
        } catch (RuntimeException failure) {
            LOG.error(
                    "failed",
                    "The place provider " + provider.getClass().getName()
                            + " failed: no place is shown. Repair the provider.",
                    failure);
            return Optional.empty();
        }
    }

    private static boolean canBeShown(String text) {
        return !text.isBlank()
                && text.length() <= MAX_LENGTH
                && !UNSEEN.matcher(text).find()
                && !Unseen.isPaintedOver(text);
    }
}
