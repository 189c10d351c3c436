package io.assent.safeguard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;

/** Tells the operator what is wrong with a client and what to set: as an error, at most once a minute per client. */
final class OperatorLine {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** A realm where clients register themselves has any number of them. */
    private static final int MAX_CLIENTS = 1_000;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    OperatorLine(Logger log) {
        this(log, System::nanoTime);
    }

    OperatorLine(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    void tell(ClientModel client, Flaw flaw) {
        if (isDue(client.getId())) {
            log.errorf(
                    "Client '%s' in realm '%s' was refused: %s",
                    client.getClientId(), client.getRealm().getName(), flaw.remedy());
        }
    }

    /** Whether nothing was said of a client for a minute; from now on it counts as said. */
    boolean isDue(String client) {
        long now = nanos.getAsLong();
        told.values().removeIf(before -> now - before >= PAUSE.toNanos());
        return told.size() < MAX_CLIENTS && told.putIfAbsent(client, now) == null;
    }
}
