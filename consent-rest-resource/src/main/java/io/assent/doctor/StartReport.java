package io.assent.doctor;

import io.assent.doctor.Diagnosis.Found;
import io.assent.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Tells the operator, once the server has started, of what is wrong with its realms: a line for each finding that is an
 * error, in the background. No start waits for it.
 */
public final class StartReport {

    /** So many lines are read; more are counted. */
    private static final int MOST_LINES = 20;

    private static final int MOST_REALMS = 200;

    private static final Logger LOG = Logger.getLogger(StartReport.class);

    /** Call it when the server starts. */
    public static void schedule(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                Thread report = new Thread(() -> tell(lines(factory)), "assent-doctor");
                report.setDaemon(true);
                report.start();
            }
        });
    }

    private static void tell(List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(LOG::error);
        if (lines.size() > MOST_LINES) {
            LOG.errorf(
                    "%d more findings of this kind: GET /admin/realms/{realm}/consents/doctor has them",
                    lines.size() - MOST_LINES);
        }
    }

    private static List<String> lines(KeycloakSessionFactory factory) {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> session.realms()
                .getRealmsStream()
                .filter(RealmModel::isEnabled)
                .limit(MOST_REALMS)
                .map(RealmModel::getId)
                .toList());
        List<String> lines = new ArrayList<>();
        for (String realm : realms) {
            lines.addAll(KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> lines(session, realm)));
        }
        return lines;
    }

    private static List<String> lines(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return List.of();
        }
        session.getContext().setRealm(realm);
        return lines(realm.getName(), Doctor.of(session, realm).examineWhereInUse());
    }

    static List<String> lines(String realm, Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(found -> found.finding().severity() == Severity.ERROR)
                .map(found -> line(realm, found))
                .toList();
    }

    private static String line(String realm, Found found) {
        String named = found.about().stream().map(Subject::name).collect(Collectors.joining(", "));
        int others = found.total() - found.about().size();
        return "Realm '%s' has the finding %s%s%s. %s %s"
                .formatted(
                        realm,
                        found.finding().id(),
                        named.isEmpty() ? "" : ": " + named,
                        others == 0 ? "" : " and " + others + " more",
                        found.finding().message(),
                        found.finding().fix())
                // a name may be anybody's
                .replaceAll("\\p{Cntrl}", "?");
    }

    private StartReport() {}
}
