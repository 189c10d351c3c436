package io.assent.token;

import io.assent.consent.Consents;
import io.assent.detail.DetailTypes;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Makes {@link ConsentTokens}. */
public final class ConsentTokensFactory implements TokenPostProcessorFactory {

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new ConsentTokens(session, Consents.of(session), DetailTypes.of(session));
    }

    @Override
    public String getId() {
        return "assent-consent";
    }
}
