package io.assent.rest.tpp;

import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;

/** {@code /.well-known/oauth-authorization-server/realms/{realm}} (RFC 8414). */
public final class AuthorizationServerMetadataFactory extends DiscoveryFactory {

    public AuthorizationServerMetadataFactory() {
        super(OAuth2WellKnownProviderFactory.PROVIDER_ID, true);
    }
}
