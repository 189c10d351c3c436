package io.assent.rest.tpp;

import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;

/** {@code /realms/{realm}/.well-known/openid-configuration}. */
public final class OpenIdConfigurationFactory extends DiscoveryFactory {

    public OpenIdConfigurationFactory() {
        super(OIDCWellKnownProviderFactory.PROVIDER_ID, false);
    }
}
