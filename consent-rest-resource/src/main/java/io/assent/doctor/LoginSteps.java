package io.assent.doctor;

import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/** The steps of the realm's login in a browser. */
record LoginSteps(RealmModel realm) {

    private static final Set<String> PASSWORDS =
            Set.of(UsernamePasswordFormFactory.PROVIDER_ID, PasswordFormFactory.PROVIDER_ID);

    /** Whether some login may ask for a password. */
    boolean askForPasswords() {
        return steps(realm.getBrowserFlow().getId())
                .map(AuthenticationExecutionModel::getAuthenticator)
                .anyMatch(step -> step != null && PASSWORDS.contains(step));
    }

    private Stream<AuthenticationExecutionModel> steps(String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(step -> step.isAuthenticatorFlow() ? steps(step.getFlowId()) : Stream.of(step));
    }
}
