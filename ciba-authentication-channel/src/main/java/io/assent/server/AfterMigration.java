package io.assent.server;

import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/** Begins with work on the pack's tables: not before they are there. */
public final class AfterMigration {

    /** On the timer's one thread, with all other tasks. */
    public static void schedule(KeycloakSessionFactory factory, ScheduledTask task, long intervalMillis) {
        run(
                factory,
                () -> KeycloakModelUtils.runJobInTransaction(
                        factory,
                        session -> session.getProvider(TimerProvider.class).scheduleTask(task, intervalMillis)));
    }

    public static void run(KeycloakSessionFactory factory, Runnable begin) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                begin.run();
            }
        });
    }

    private AfterMigration() {}
}
