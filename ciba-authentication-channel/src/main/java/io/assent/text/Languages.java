package io.assent.text;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which language to speak to a customer: the best match among those that the realm supports. */
public final class Languages {

    /** The longest list of language ranges that is read, in characters: the time it takes grows with its square. */
    static final int MAX_RANGES_LENGTH = 1_000;

    private final RealmModel realm;

    public Languages(RealmModel realm) {
        this.realm = realm;
    }

    /**
     * The language of what was asked for, else the user's, else the realm's default.
     *
     * @param preferred language ranges as in {@code Accept-Language} (RFC 9110, section 12.5.4), or {@code null}; what
     *     can't be read as such, or has more than 1,000 characters, is passed over
     */
    public Locale choose(String preferred, UserModel user) {
        return supported(preferred)
                .or(() -> supported(user.getFirstAttribute(UserModel.LOCALE)))
                .orElseGet(this::byDefault);
    }

    private Optional<Locale> supported(String ranges) {
        if (ranges == null || ranges.isBlank() || !realm.isInternationalizationEnabled()) {
            return Optional.empty();
        }
        List<Locale> locales =
                realm.getSupportedLocalesStream().map(Locale::forLanguageTag).toList();
        return parse(ranges).map(list -> Locale.lookup(list, locales));
    }

    static Optional<List<LanguageRange>> parse(String ranges) {
        if (ranges.length() > MAX_RANGES_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LanguageRange.parse(ranges));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notAList) {
            // the parser of the JDK has both ways to say so
            return Optional.empty();
        }
    }

    private Locale byDefault() {
        return Optional.ofNullable(realm.getDefaultLocale())
                .filter(tag -> realm.isInternationalizationEnabled())
                .map(Locale::forLanguageTag)
                .orElse(Locale.ENGLISH);
    }
}
