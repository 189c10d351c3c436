package io.assent.registration;

import io.assent.permission.ClientUri;
import io.assent.registration.TppForm.Authentication;
import io.assent.registration.TppForm.Ciba;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What a TPP's client must be like: it needs its customers' consent, gets no roles, and can do what its form says and
 * nothing else.
 */
final class TppRule {

    private static final String PKCE_METHOD = "S256";

    /** What a form decides among a client's attributes. */
    private static final List<String> ATTRIBUTES = List.of(
            CibaConfig.OIDC_CIBA_GRANT_ENABLED,
            CibaConfig.CIBA_BACKCHANNEL_TOKEN_DELIVERY_MODE_PER_CLIENT,
            CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT,
            OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD,
            OIDCConfigAttributes.USE_JWKS_URL,
            OIDCConfigAttributes.JWKS_URL,
            OIDCConfigAttributes.JWKS_STRING,
            OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED);

    /** Whether it is enabled is not among them: that is the switch's affair. */
    private static final List<Function<ClientRepresentation, Object>> SETTINGS = List.of(
            ClientRepresentation::getName,
            ClientRepresentation::getProtocol,
            ClientRepresentation::isPublicClient,
            ClientRepresentation::isBearerOnly,
            ClientRepresentation::isStandardFlowEnabled,
            ClientRepresentation::isImplicitFlowEnabled,
            ClientRepresentation::isDirectAccessGrantsEnabled,
            ClientRepresentation::isServiceAccountsEnabled,
            ClientRepresentation::isConsentRequired,
            ClientRepresentation::isFullScopeAllowed,
            ClientRepresentation::getClientAuthenticatorType,
            client -> Set.copyOf(client.getRedirectUris()),
            client -> Set.copyOf(client.getWebOrigins()),
            client -> Set.copyOf(client.getDefaultClientScopes()),
            client -> Set.copyOf(client.getOptionalClientScopes()));

    private final Set<String> permissions;
    private final boolean offlineAccess;
    private final List<String> given;
    private final Predicate<String> isShown;
    private final boolean forTrials;

    /**
     * @param permissions those of the realm
     * @param offlineAccess whether the realm has the client scope {@code offline_access}
     * @param given client scopes that each TPP has, and no customer is asked for
     * @param isShown whether customers would be shown a name
     * @param forTrials whether a ping may go to this machine by http
     */
    TppRule(
            Set<String> permissions,
            boolean offlineAccess,
            List<String> given,
            Predicate<String> isShown,
            boolean forTrials) {
        this.permissions = Set.copyOf(permissions);
        this.offlineAccess = offlineAccess;
        this.given = List.copyOf(given);
        this.isShown = isShown;
        this.forTrials = forTrials;
    }

    /** What is wrong with a form, the first in the order of its fields; empty where a client can be made of it. */
    Optional<RegistrationFlaw> flaw(TppForm form) {
        if (!isShown.test(form.name())) {
            return Optional.of(RegistrationFlaw.NAME_NOT_SHOWN);
        }
        if (form.ciba().isEmpty() && form.redirectUris().isEmpty()) {
            return Optional.of(RegistrationFlaw.NO_WAY_TO_ASK);
        }
        return ofPing(form)
                .or(() -> ofRedirect(form))
                .or(() -> ofPermissions(form))
                .or(() -> ofKey(form));
    }

    private Optional<RegistrationFlaw> ofPing(TppForm form) {
        boolean pings = form.ciba().filter(Ciba.PING::equals).isPresent();
        return ofAddress(
                form.notificationEndpoint(),
                pings,
                RegistrationFlaw.PING_WITHOUT_ENDPOINT,
                RegistrationFlaw.ENDPOINT_WITHOUT_PING,
                RegistrationFlaw.ENDPOINT_NOT_HTTPS,
                endpoint -> forTrials || isHttps(endpoint));
    }

    private static Optional<RegistrationFlaw> ofKey(TppForm form) {
        boolean byKey = form.authentication() == Authentication.PRIVATE_KEY_JWT;
        if (!byKey && form.jwks().isPresent()) {
            return Optional.of(RegistrationFlaw.ADDRESS_WITHOUT_KEY);
        }
        return ofAddress(
                form.jwksUrl(),
                byKey && form.jwks().isEmpty(),
                RegistrationFlaw.KEY_WITHOUT_ADDRESS,
                RegistrationFlaw.ADDRESS_WITHOUT_KEY,
                RegistrationFlaw.KEYS_NOT_HTTPS,
                TppRule::isHttps);
    }

    private static Optional<RegistrationFlaw> ofAddress(
            Optional<String> address,
            boolean isNeeded,
            RegistrationFlaw missing,
            RegistrationFlaw needless,
            RegistrationFlaw unsafe,
            Predicate<String> isTaken) {
        if (address.isEmpty()) {
            return isNeeded ? Optional.of(missing) : Optional.empty();
        }
        if (!isNeeded) {
            return Optional.of(needless);
        }
        return address.filter(TppRule::isSafe).filter(isTaken).isPresent() ? Optional.empty() : Optional.of(unsafe);
    }

    private static boolean isHttps(String address) {
        return address.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    private static Optional<RegistrationFlaw> ofRedirect(TppForm form) {
        if (form.redirectUris().stream().anyMatch(uri -> uri.contains("*"))) {
            return Optional.of(RegistrationFlaw.REDIRECT_WITH_WILDCARD);
        }
        return form.redirectUris().stream().allMatch(TppRule::isSafe)
                ? Optional.empty()
                : Optional.of(RegistrationFlaw.REDIRECT_NOT_SAFE);
    }

    private static boolean isSafe(String uri) {
        return ClientUri.page(uri).isPresent() && !uri.contains("#");
    }

    private Optional<RegistrationFlaw> ofPermissions(TppForm form) {
        if (form.permissions().isEmpty()) {
            return Optional.of(RegistrationFlaw.NO_PERMISSION);
        }
        if (!permissions.containsAll(form.permissions())) {
            return Optional.of(RegistrationFlaw.UNKNOWN_PERMISSION);
        }
        return form.offlineAccess() && !offlineAccess
                ? Optional.of(RegistrationFlaw.NO_OFFLINE_ACCESS)
                : Optional.empty();
    }

    /** The client of a form without a flaw. Its secret is the server's to make. */
    ClientRepresentation client(TppForm form) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(form.clientId());
        client.setName(form.name());
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setEnabled(true);
        client.setPublicClient(false);
        client.setBearerOnly(false);
        client.setStandardFlowEnabled(!form.redirectUris().isEmpty());
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setConsentRequired(true);
        client.setFullScopeAllowed(false);
        client.setClientAuthenticatorType(
                form.authentication() == Authentication.PRIVATE_KEY_JWT
                        ? JWTClientAuthenticator.PROVIDER_ID
                        : ClientIdAndSecretAuthenticator.PROVIDER_ID);
        client.setRedirectUris(sorted(form.redirectUris()));
        // without them the server would take those of the redirect URIs
        client.setWebOrigins(List.of());
        client.setDefaultClientScopes(given);
        client.setOptionalClientScopes(sorted(form.scopes()));
        client.setAttributes(attributes(form));
        return client;
    }

    private static Map<String, String> attributes(TppForm form) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED, "false");
        attributes.put(
                CibaConfig.OIDC_CIBA_GRANT_ENABLED, String.valueOf(form.ciba().isPresent()));
        form.ciba()
                .ifPresent(ciba -> attributes.put(
                        CibaConfig.CIBA_BACKCHANNEL_TOKEN_DELIVERY_MODE_PER_CLIENT,
                        ciba == Ciba.PING ? CibaConfig.CIBA_PING_MODE : CibaConfig.CIBA_POLL_MODE));
        form.notificationEndpoint()
                .ifPresent(
                        endpoint -> attributes.put(CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT, endpoint));
        if (!form.redirectUris().isEmpty()) {
            attributes.put(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, PKCE_METHOD);
        }
        form.jwksUrl().ifPresent(url -> {
            attributes.put(OIDCConfigAttributes.USE_JWKS_URL, "true");
            attributes.put(OIDCConfigAttributes.JWKS_URL, url);
        });
        form.jwks().ifPresent(keys -> {
            attributes.put(OIDCConfigAttributes.USE_JWKS_STRING, "true");
            attributes.put(OIDCConfigAttributes.JWKS_STRING, keys);
        });
        return attributes;
    }

    private static List<String> sorted(Set<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** Whether a client of the realm is set as this form would have it. */
    boolean isSo(ClientRepresentation there, TppForm form) {
        ClientRepresentation wanted = client(form);
        return SETTINGS.stream().allMatch(setting -> Objects.equals(setting.apply(there), setting.apply(wanted)))
                && ATTRIBUTES.stream()
                        .allMatch(name -> Objects.equals(
                                there.getAttributes().get(name),
                                wanted.getAttributes().get(name)));
    }
}
