package io.assent.setup;

import io.assent.doctor.Doctor;
import io.assent.doctor.RealmFacts;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;

/** The client of the bank's app: one that nobody can log in with before its redirect URIs are set. */
final class AppStep {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Template template;
    private final RealmFacts facts;
    private final Doctor doctor;

    AppStep(KeycloakSession session, RealmModel realm, Template template, RealmFacts facts, Doctor doctor) {
        this.session = session;
        this.realm = realm;
        this.template = template;
        this.facts = facts;
        this.doctor = doctor;
    }

    void addTo(Steps steps) {
        if (facts.app().there() && doctor.findsApp()) {
            return;
        }
        ClientRepresentation app = template.app();
        String clientId = app.getClientId();
        if (realm.getClientByClientId(clientId) != null) {
            steps.difference(new Change(
                    "app-client",
                    clientId,
                    "No client can answer, and the client '%s' is not the bank's app: it is disabled, asks customers itself,"
                                    .formatted(clientId)
                            + " or does not have the client scope 'consent-app'."));
            return;
        }
        steps.change(
                new Change(
                        "app-client",
                        clientId,
                        "Create the client '%s' for the bank's own app, without redirect URIs.".formatted(clientId)),
                () -> ClientManager.createClient(session, realm, app));
    }
}
