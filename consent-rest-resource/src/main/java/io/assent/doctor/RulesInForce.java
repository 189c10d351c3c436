package io.assent.doctor;

import io.assent.rules.ConsentRulesExecutorFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** Whether some client policy of a realm has the pack's rules. */
final class RulesInForce {

    private final KeycloakSession session;
    private final RealmModel realm;

    RulesInForce(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    boolean are() {
        Set<String> profiles = profiles();
        return !profiles.isEmpty()
                && policies()
                        .filter(policy -> Boolean.TRUE.equals(policy.isEnabled()))
                        .flatMap(policy -> stream(policy.getProfiles()))
                        .anyMatch(profiles::contains);
    }

    private Set<String> profiles() {
        try {
            return stream(session.clientPolicy().getClientProfiles(realm, false).getProfiles())
                    .filter(profile -> stream(profile.getExecutors())
                            .anyMatch(executor ->
                                    ConsentRulesExecutorFactory.ID.equals(executor.getExecutorProviderId())))
                    .map(ClientProfileRepresentation::getName)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (ClientPolicyException unreadable) {
            return Set.of();
        }
    }

    private Stream<ClientPolicyRepresentation> policies() {
        try {
            return stream(session.clientPolicy().getClientPolicies(realm, false).getPolicies());
        } catch (ClientPolicyException unreadable) {
            return Stream.empty();
        }
    }

    private static <T> Stream<T> stream(Collection<T> list) {
        return Optional.ofNullable(list).stream().flatMap(Collection::stream);
    }
}
