package io.assent.ciba;

import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.ScheduledTask;

/** What a ping carries is a secret, and is not kept once there is no use for it: also where nobody ever answered. */
final class PingCleanup implements ScheduledTask {

    static final long INTERVAL_MILLIS = 60_000;

    private static final Logger LOG = Logger.getLogger(PingCleanup.class);

    @Override
    public void run(KeycloakSession session) {
        int removed = new PingStore(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .removeLapsed(Instant.ofEpochMilli(Time.currentTimeMillis()));
        LOG.debugf("Removed what %d pings would have carried", removed);
    }

    @Override
    public String getTaskName() {
        return "assent-ping-cleanup";
    }
}
