package io.assent.setup;

import io.assent.doctor.Doctor;
import io.assent.doctor.RealmFacts;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Sets a realm up. What is there already is left as it is, also where it is set otherwise: to do it twice changes
 * nothing the second time.
 */
public final class Setup {

    private final KeycloakSession session;
    private final RealmModel realm;

    private Setup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static Setup of(KeycloakSession session, RealmModel realm) {
        return new Setup(session, realm);
    }

    /** What would be done. */
    public SetupPlan plan() {
        return steps().plan();
    }

    /** Does it, within the session's transaction, and says what was done. Two at once may get in each other's way. */
    public SetupPlan make() {
        Steps steps = steps();
        steps.make();
        return steps.plan();
    }

    private Steps steps() {
        Doctor doctor = Doctor.of(session, realm);
        RealmFacts facts = doctor.facts();
        // the server may write into what it is given
        Template template = Template.read();
        Steps steps = new Steps();
        new ScopeSteps(realm, template, facts).addTo(steps);
        new AppStep(session, realm, template, facts, doctor).addTo(steps);
        new ScreenStep(realm, template, facts).addTo(steps);
        new LookSteps(realm, template, facts).addTo(steps);
        new RulesStep(session, realm, template, facts).addTo(steps);
        new EventSteps(realm, template).addTo(steps);
        return steps;
    }
}
