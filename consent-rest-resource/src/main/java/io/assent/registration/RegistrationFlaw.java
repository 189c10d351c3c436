package io.assent.registration;

import java.util.Locale;

/** What can be wrong with what is said about a TPP. A program decides by {@link #word}; the message is for people. */
public enum RegistrationFlaw {
    NAME_NOT_SHOWN(
            "name",
            "Customers would not be shown this name: it has markup, signs that can't be seen, words of two alphabets, or"
                    + " a reserved name in it."),
    NO_WAY_TO_ASK("ciba", "It asks neither by CIBA nor by redirect: set 'ciba', or 'redirectUris', or both."),
    PING_WITHOUT_ENDPOINT("notificationEndpoint", "Pings need a 'notificationEndpoint'."),
    ENDPOINT_WITHOUT_PING("notificationEndpoint", "A 'notificationEndpoint' is for 'ciba' of 'ping' alone."),
    ENDPOINT_NOT_HTTPS(
            "notificationEndpoint",
            "'notificationEndpoint' must be an https address with a host, and without user or #."),
    REDIRECT_WITH_WILDCARD("redirectUris", "A redirect URI is compared as a whole: it may have no '*' in it."),
    REDIRECT_NOT_SAFE(
            "redirectUris",
            "Each redirect URI must be an https address with a host, and without user or #; for trials also an http one"
                    + " at localhost, 127.0.0.1 or [::1]."),
    NO_PERMISSION("permissions", "It may ask for nothing: name at least one permission."),
    UNKNOWN_PERMISSION("permissions", "The realm has no such permission; 'permissions' lists those that it has."),
    NO_OFFLINE_ACCESS(
            "offlineAccess",
            "The realm has no client scope 'offline_access', by which a TPP reads without the customer."),
    KEY_WITHOUT_ADDRESS("jwksUrl", "Authentication by 'private-key-jwt' needs a 'jwksUrl'."),
    ADDRESS_WITHOUT_KEY("jwksUrl", "A 'jwksUrl' is for authentication by 'private-key-jwt' alone."),
    KEYS_NOT_HTTPS("jwksUrl", "'jwksUrl' must be an https address with a host, and without user or #."),
    REFUSED_BY_POLICY(null, "The realm's client policies, or Keycloak itself, refuse such a client.");

    private final String field;
    private final String message;

    RegistrationFlaw(String field, String message) {
        this.field = field;
        this.message = message;
    }

    /** In words with hyphens, such as {@code unknown-permission}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The field that it is about, or {@code null} where it is about all of them. */
    public String field() {
        return field;
    }

    public String message() {
        return message;
    }
}
