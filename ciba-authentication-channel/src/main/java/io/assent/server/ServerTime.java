package io.assent.server;

import java.time.Instant;
import org.keycloak.common.util.Time;

/** The time by which this server goes: the machine's, moved by the offset that Keycloak's own tokens go by. */
public final class ServerTime {

    /** To the millisecond, as the tables keep it. */
    public static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    private ServerTime() {}
}
