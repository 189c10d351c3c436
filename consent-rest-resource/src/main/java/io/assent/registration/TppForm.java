package io.assent.registration;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;

/**
 * What is said about a TPP that is to be registered.
 *
 * @param name what customers are shown
 * @param ciba how the TPP gets to know of an answer, where it asks by CIBA
 * @param notificationEndpoint where it gets pings
 * @param redirectUris where it gets the browser back, where it asks by redirect; else none
 * @param permissions the names of the client scopes that it may ask for
 * @param offlineAccess whether it may also ask to read while the customer is away (OpenID Connect Core 1.0, section 11)
 * @param jwksUrl where its public keys are, where it authenticates by a key
 * @param jwks the keys themselves (RFC 7517, section 5), in the place of an address
 */
public record TppForm(
        String clientId,
        String name,
        Optional<Ciba> ciba,
        Optional<String> notificationEndpoint,
        Set<String> redirectUris,
        Set<String> permissions,
        boolean offlineAccess,
        Authentication authentication,
        Optional<String> jwksUrl,
        Optional<String> jwks) {

    public TppForm {
        redirectUris = Set.copyOf(redirectUris);
        permissions = Set.copyOf(permissions);
    }

    /** All that it may name in a request's {@code scope}, beside {@code openid}. */
    public Set<String> scopes() {
        Set<String> scopes = new HashSet<>(permissions);
        if (offlineAccess) {
            scopes.add(OAuth2Constants.OFFLINE_ACCESS);
        }
        return Set.copyOf(scopes);
    }

    /** CIBA's token delivery modes that the server has. */
    public enum Ciba {
        POLL,
        PING
    }

    /** How a TPP shows the token endpoint who it is. */
    public enum Authentication {
        CLIENT_SECRET,
        PRIVATE_KEY_JWT
    }
}
