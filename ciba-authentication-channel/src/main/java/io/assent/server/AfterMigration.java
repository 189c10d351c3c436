package io.assent.server;

import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/** Schedules work on the pack's tables: not before they are there. */
public final class AfterMigration {

    public static void schedule(KeycloakSessionFactory factory, ScheduledTask task, long intervalMillis) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                        .scheduleTask(task, intervalMillis));
            }
        });
    }

    private AfterMigration() {}
}
