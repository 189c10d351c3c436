package io.assent.doctor;

import io.assent.destination.DatabaseIsolation;
import io.assent.doctor.ClientPages.Read;
import java.util.List;
import org.keycloak.common.Version;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Looks a realm through, and says what is wrong with how it is set up. */
public final class Doctor {

    private final KeycloakSession session;
    private final RealmModel realm;

    private Doctor(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Of one realm, as its database stands: what the session's transaction has not committed may be overlooked. */
    public static Doctor of(KeycloakSession session, RealmModel realm) {
        return new Doctor(session, realm);
    }

    /**
     * Reads settings, client scopes and all clients of the realm, in pages; of a realm of more than 20,000 clients the
     * first ones.
     *
     * @param call the call by which somebody wants to know
     */
    public Diagnosis examine(ProxiedCall call) {
        return examine(facts(), call.isUnread());
    }

    /** How the realm is set up, without its clients. */
    public RealmFacts facts() {
        return new FactReader(session, realm).read();
    }

    /** Whether some client could be the bank's app. */
    public boolean findsApp() {
        return pages().any(ClientFacts::isApp);
    }

    /** {@link #examine} where nobody calls; of a realm where nobody wants the pack it is empty. */
    Diagnosis examineWhereInUse() {
        RealmFacts facts = facts();
        return facts.usesThePack() ? examine(facts, false) : new Diagnosis(List.of(), 0);
    }

    private Diagnosis examine(RealmFacts facts, boolean proxyUnread) {
        Findings findings = new Findings();
        new RealmRules(facts, findings)
                .examine(new ServerFacts(
                        Version.VERSION, !Environment.isDevMode(), proxyUnread, DatabaseIsolation.isTooMuch(session)));
        ClientRules clients = new ClientRules(facts, findings);
        Read read = pages().forEach(clients::examine);
        if (read.all()) {
            clients.conclude();
        } else {
            findings.ofRealm(Finding.CLIENTS_NOT_EXAMINED);
        }
        return new Diagnosis(findings.found(), read.clients());
    }

    private ClientPages pages() {
        return new ClientPages(session.getKeycloakSessionFactory(), realm.getId());
    }
}
