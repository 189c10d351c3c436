package io.assent.ciba.request;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;

/**
 * Tells the stock code whom the present request means, whichever hint it asks by. What it hands over as the hint is not
 * looked at, and outside a backchannel request there is nobody.
 */
record QuestionUserResolver(KeycloakSession session) implements CIBALoginUserResolver {

    @Override
    public UserModel getUserFromLoginHint(String loginHint) {
        return customer();
    }

    @Override
    public UserModel getUserFromIdTokenHint(String idToken) {
        return customer();
    }

    @Override
    public UserModel getUserFromLoginHintToken(String loginHintToken) {
        return customer();
    }

    private UserModel customer() {
        return BackchannelQuestion.in(session)
                .map(BackchannelQuestion::customer)
                .orElse(null);
    }

    @Override
    public String getInfoUsedByAuthentication(UserModel user) {
        return user.getId();
    }

    @Override
    public UserModel getUserFromInfoUsedByAuthentication(String info) {
        return session.users().getUserById(session.getContext().getRealm(), info);
    }

    @Override
    public void close() {}
}
