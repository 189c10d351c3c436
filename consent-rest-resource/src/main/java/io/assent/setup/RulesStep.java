package io.assent.setup;

import io.assent.doctor.RealmFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * A client profile with the pack's rules, none of which is set yet, and a policy by which it holds for every client.
 */
final class RulesStep {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Template template;
    private final RealmFacts facts;

    RulesStep(KeycloakSession session, RealmModel realm, Template template, RealmFacts facts) {
        this.session = session;
        this.realm = realm;
        this.template = template;
        this.facts = facts;
    }

    void addTo(Steps steps) {
        if (facts.rules()) {
            return;
        }
        String profile = template.profile().getName();
        String policy = template.policy().getName();
        try {
            List<ClientProfileRepresentation> profiles = list(
                    session.clientPolicy().getClientProfiles(realm, false), ClientProfilesRepresentation::getProfiles);
            List<ClientPolicyRepresentation> policies = list(
                    session.clientPolicy().getClientPolicies(realm, false), ClientPoliciesRepresentation::getPolicies);
            if (profiles.stream().anyMatch(there -> there.getName().equals(profile))
                    || policies.stream().anyMatch(there -> there.getName().equals(policy))) {
                steps.difference(new Change(
                        "rules",
                        profile,
                        "There is a client profile '%s' or a client policy '%s', and no policy in force has the executor"
                                        .formatted(profile, policy)
                                + " 'consent-rules'."));
                return;
            }
            profiles.add(template.profile());
            policies.add(template.policy());
            steps.change(
                    new Change(
                            "rules",
                            profile,
                            "Create the client profile '%s' with the executor 'consent-rules', and the client policy '%s'"
                                            .formatted(profile, policy)
                                    + " by which it holds for every client."),
                    () -> update(profiles, policies));
        } catch (ClientPolicyException unreadable) {
            steps.difference(new Change("rules", profile, "The realm's client policies can't be read."));
        }
    }

    private void update(List<ClientProfileRepresentation> profiles, List<ClientPolicyRepresentation> policies) {
        ClientProfilesRepresentation allProfiles = new ClientProfilesRepresentation();
        allProfiles.setProfiles(profiles);
        ClientPoliciesRepresentation allPolicies = new ClientPoliciesRepresentation();
        allPolicies.setPolicies(policies);
        try {
            session.clientPolicy().updateClientProfiles(realm, allProfiles);
            session.clientPolicy().updateClientPolicies(realm, allPolicies);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the template's client policies are refused", e);
        }
    }

    private static <A, T> List<T> list(A all, Function<A, List<T>> part) {
        return new ArrayList<>(Optional.ofNullable(all).map(part).orElseGet(List::of));
    }
}
