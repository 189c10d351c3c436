package io.assent.probe;

import io.assent.place.PlaceProvider;
import io.assent.place.PlaceProviderFactory;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Every address of this machine is in Springfield, in the customer's language; no other is known. */
public final class LanguagePlaces implements PlaceProviderFactory {

    @Override
    public String getId() {
        return "probe";
    }

    @Override
    public PlaceProvider create(KeycloakSession session) {
        return LanguagePlaces::place;
    }

    private static Optional<String> place(String address, Locale language) {
        return address.startsWith("127.")
                ? Optional.of("Springfield, " + (language.getLanguage().equals("de") ? "hier" : "here"))
                : Optional.empty();
    }
}
