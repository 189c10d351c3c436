package io.assent.destination.webhook;

import io.assent.destination.EventDestination;
import io.assent.destination.EventDestinationFactory;
import io.assent.destination.Setting;
import io.assent.egress.Egress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Makes {@link Webhook}. */
public final class WebhookFactory implements EventDestinationFactory {

    static final String TYPE = "webhook";

    static final String URL = "url";
    static final String SECRET = "secret";
    static final String PREVIOUS_SECRET = "previousSecret";

    private static final int LONGEST_URL = 2_000;

    @Override
    public EventDestination create(KeycloakSession session, ComponentModel settings) {
        List<WebhookSecret> secrets = Stream.of(SECRET, PREVIOUS_SECRET)
                .map(name -> Setting.secret(session, settings, name).flatMap(WebhookSecret::parse))
                .flatMap(Optional::stream)
                .toList();
        RealmModel realm = session.realms().getRealm(settings.getParentId());
        return new Webhook(Egress.toDestinations(session, realm), url(settings).orElse(""), secrets);
    }

    @Override
    public void validate(KeycloakSession session, RealmModel realm, ComponentModel settings) {
        String url = url(settings).orElseThrow(() -> wrong("'url' is missing."));
        if (url.length() > LONGEST_URL || !isUrl(url)) {
            throw wrong("'url' must be an http or https URL with a host, without user and fragment, of at most "
                    + LONGEST_URL + " characters.");
        }
        if (Setting.text(settings, SECRET).isEmpty()) {
            throw wrong("'secret' is missing.");
        }
        Stream.of(SECRET, PREVIOUS_SECRET).forEach(name -> Setting.text(settings, name)
                .filter(value -> !Setting.isInVault(value))
                .filter(value -> WebhookSecret.parse(value).isEmpty())
                .ifPresent(value -> {
                    throw wrong("'" + name + "' must be " + WebhookSecret.PREFIX
                            + " and 24 to 64 bytes in base64, or ${vault.key}.");
                }));
    }

    static Optional<String> url(ComponentModel settings) {
        return Setting.text(settings, URL);
    }

    private static boolean isUrl(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private static ComponentValidationException wrong(String flaw) {
        return new ComponentValidationException(flaw);
    }

    @Override
    public String getId() {
        return TYPE;
    }

    @Override
    public String getHelpText() {
        return "Posts events to a URL, signed as in Standard Webhooks.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(URL)
                .label("URL")
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .helpText("The address to which events are posted: https, and on the internet, unless the"
                        + " operator allows the host.")
                .add()
                .property()
                .name(SECRET)
                .label("Secret")
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .required(true)
                .helpText("whsec_ and 24 to 64 random bytes in base64, or ${vault.key}.")
                .add()
                .property()
                .name(PREVIOUS_SECRET)
                .label("Previous secret")
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .helpText("The old secret during a change: events are signed with both.")
                .add()
                .build();
    }
}
