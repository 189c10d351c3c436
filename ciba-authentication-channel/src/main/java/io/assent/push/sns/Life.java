package io.assent.push.sns;

import io.assent.push.Push;
import io.assent.push.SendResult;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.common.util.Time;

/** How long there is a use in delivering a push. */
final class Life {

    static final SendResult EXPIRED = new SendResult.Permanent("the request has expired");

    /** Zero where there is none any more. */
    static Duration of(Push push) {
        Duration life = Duration.between(Instant.ofEpochMilli(Time.currentTimeMillis()), push.expiresAt());
        return life.isNegative() ? Duration.ZERO : life;
    }

    private Life() {}
}
