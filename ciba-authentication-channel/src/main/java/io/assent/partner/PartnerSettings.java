package io.assent.partner;

import io.assent.permission.Scopes;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderSyncMode;

/**
 * What an admin set of a partner, as an identity provider of the type {@value #PROVIDER_ID}.
 *
 * @param providerId the identity provider's, by which nobody takes another one for it
 * @param alias the identity provider's
 * @param name what customers call the partner
 * @param scopes what the bank may ask the partner for, in the admin's order; one at the least
 * @param always what each authorization request to the partner asks for besides, such as {@code openid}: it grants
 *     nothing, and nobody is asked for it
 */
public record PartnerSettings(String providerId, String alias, String name, Set<String> scopes, Set<String> always) {

    /** The type of identity provider. */
    public static final String PROVIDER_ID = "partner-oidc";

    /** The setting that names the client, by its client ID. */
    public static final String CLIENT = "partnerClient";

    /** The setting with {@link #scopes}, with spaces between them. */
    public static final String SCOPES = "partnerScopes";

    /** The setting with the partner's revocation endpoint (RFC 7009). */
    public static final String REVOCATION_URL = "partnerRevocationUrl";

    /** The stock setting with {@link #always}. */
    private static final String DEFAULT_SCOPE = "defaultScope";

    /** A stock setting. */
    private static final String FORWARDED = "forwardParameters";

    /** The most scopes that a partner is asked for. */
    static final int MOST_SCOPES = 20;

    /** The longest name of a scope, in characters. */
    static final int MAX_SCOPE_LENGTH = 100;

    public PartnerSettings {
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        always = Set.copyOf(always);
    }

    /** Those of an identity provider in which {@link #flaw} finds nothing. */
    static PartnerSettings of(IdentityProviderModel provider) {
        Map<String, String> config = provider.getConfig();
        Set<String> always = new LinkedHashSet<>(Scopes.split(config.get(DEFAULT_SCOPE)));
        always.add("openid");
        Set<String> scopes = new LinkedHashSet<>(Scopes.split(config.get(SCOPES)));
        return new PartnerSettings(provider.getInternalId(), provider.getAlias(), name(provider), scopes, always);
    }

    /** What customers call the partner that an identity provider is. */
    public static String name(IdentityProviderModel provider) {
        String name = provider.getDisplayName();
        return name == null || name.isBlank() ? provider.getAlias() : name;
    }

    /** What keeps customers from being asked, in words for the admin; empty where nothing does. */
    public static Optional<String> flaw(IdentityProviderModel provider) {
        Map<String, String> config = provider.getConfig();
        if (!Boolean.TRUE.equals(provider.isLinkOnly())) {
            return Optional.of("switch on 'Account linking only': what ends a partner's access would end a login");
        }
        if (!Boolean.TRUE.equals(provider.isStoreToken())) {
            return Optional.of("switch on 'Store tokens': without a token the bank sees nothing");
        }
        if (provider.getSyncMode() == IdentityProviderSyncMode.FORCE) {
            return Optional.of("set 'Sync mode' to Import: a partner does not say who a customer is");
        }
        if (config.get(FORWARDED) != null && !config.get(FORWARDED).isBlank()) {
            return Optional.of("empty 'Forwarded query parameters': a partner hears nothing of what a client asks for");
        }
        List<String> scopes = List.copyOf(Scopes.split(config.get(SCOPES)));
        if (scopes.isEmpty() || scopes.size() > MOST_SCOPES) {
            return Optional.of("name 1 to %d scopes in %s, with spaces between them".formatted(MOST_SCOPES, SCOPES));
        }
        if (scopes.stream().anyMatch(scope -> scope.length() > MAX_SCOPE_LENGTH || !isScope(scope))) {
            return Optional.of("a scope in %s has at most %d characters of RFC 6749, section 3.3"
                    .formatted(SCOPES, MAX_SCOPE_LENGTH));
        }
        if (Scopes.split(config.get(DEFAULT_SCOPE)).stream().anyMatch(scopes::contains)) {
            return Optional.of(
                    "take the scopes of %s out of 'Scopes', which are asked for without a question".formatted(SCOPES));
        }
        return isUrl(config.get(REVOCATION_URL))
                ? Optional.empty()
                : Optional.of("set %s to the partner's revocation endpoint (RFC 7009)".formatted(REVOCATION_URL));
    }

    private static boolean isScope(String scope) {
        return scope.chars().allMatch(c -> c == '!' || c >= '#' && c <= '[' || c >= ']' && c <= '~');
    }

    private static boolean isUrl(String url) {
        if (url == null) {
            return false;
        }
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
