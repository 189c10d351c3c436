package io.assent.report.jpa;

import io.assent.report.CallCounts;
import io.assent.report.Reports;
import io.assent.report.ReportsFactory;
import io.assent.server.AfterMigration;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Makes {@link JpaReports}, writes what this node counts, and forgets the reports of a removed realm. */
public final class JpaReportsFactory implements ReportsFactory {

    /** Some times in each minute. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final CallCounts calls = new CallCounts();
    private final NodeThread thread = new NodeThread();

    @Override
    public Reports create(KeycloakSession session) {
        return new JpaReports(session, calls);
    }

    @Override
    public String getId() {
        return "jpa";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        NodeLog log = new NodeLog(calls);
        AfterMigration.run(
                factory,
                () -> thread.start(() -> KeycloakModelUtils.runJobInTransaction(factory, log::write), INTERVAL));
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                new JpaReports(removed.getKeycloakSession(), calls)
                        .removeAll(removed.getRealm().getId());
            }
        });
    }

    @Override
    public void close() {
        thread.close();
    }
}
