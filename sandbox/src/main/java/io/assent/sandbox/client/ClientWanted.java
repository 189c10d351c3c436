package io.assent.sandbox.client;

import io.assent.registration.TppForm;
import io.assent.registration.TppForm.Authentication;
import io.assent.registration.TppForm.Ciba;
import io.assent.rest.JsonBody;
import io.assent.rest.TextRule;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which client a developer wants.
 *
 * @param name what customers are shown
 * @param redirectUri where the browser comes back, for a kind that sends it
 * @param notificationEndpoint where pings go; without it, to the sandbox
 * @param offlineAccess whether it may ask to read while the customer is away
 * @param key for {@link Kind#FAPI}
 */
public record ClientWanted(
        Kind kind,
        String name,
        Optional<String> redirectUri,
        Optional<String> notificationEndpoint,
        boolean offlineAccess,
        Optional<PublicKey> key) {

    private static final TextRule KIND = new TextRule(8, Pattern.compile("(" + String.join("|", Kind.words()) + ")"));

    /** @throws jakarta.ws.rs.WebApplicationException with a problem, where a field is none */
    public static ClientWanted read(JsonBody body) {
        ClientWanted wanted = new ClientWanted(
                Kind.valueOf(body.text("kind", KIND).toUpperCase(Locale.ROOT)),
                body.text("name", TextRule.LABEL),
                Optional.ofNullable(body.textOrNull("redirectUri", TextRule.ADDRESS)),
                Optional.ofNullable(body.textOrNull("notificationEndpoint", TextRule.ADDRESS)),
                body.flag("offlineAccess"),
                body.object("jwk").map(PublicKey::read));
        body.refuseOthers();
        return wanted;
    }

    /** What it lacks, or has and is not for its kind, in words for a developer. */
    public Optional<String> flaw() {
        if (kind.sendsTheBrowser() != redirectUri.isPresent()) {
            return Optional.of("'redirectUri' is for the kinds redirect and fapi, which need it, and for no other.");
        }
        if (kind != Kind.PING && notificationEndpoint.isPresent()) {
            return Optional.of("'notificationEndpoint' is for the kind ping alone.");
        }
        return (kind == Kind.FAPI) == key.isPresent()
                ? Optional.empty()
                : Optional.of("'jwk' is for the kind fapi, which needs it, and for no other.");
    }

    /**
     * As the pack registers TPPs.
     *
     * @param permissions the names of all that the realm has
     * @param sandboxsEndpoint where pings go that have no endpoint of the developer's own
     */
    TppForm form(String clientId, Set<String> permissions, String sandboxsEndpoint) {
        return new TppForm(
                clientId,
                name,
                ciba(),
                kind == Kind.PING ? notificationEndpoint.or(() -> Optional.of(sandboxsEndpoint)) : Optional.empty(),
                redirectUri.map(Set::of).orElse(Set.of()),
                permissions,
                offlineAccess,
                key.isPresent() ? Authentication.PRIVATE_KEY_JWT : Authentication.CLIENT_SECRET,
                Optional.empty(),
                key.map(PublicKey::set));
    }

    private Optional<Ciba> ciba() {
        return switch (kind) {
            case POLL -> Optional.of(Ciba.POLL);
            case PING -> Optional.of(Ciba.PING);
            case REDIRECT, FAPI -> Optional.empty();
        };
    }
}
