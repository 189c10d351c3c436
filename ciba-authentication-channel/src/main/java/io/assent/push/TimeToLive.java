package io.assent.push;

import io.assent.server.ServerTime;
import java.time.Duration;

/** How long there is a use in delivering a push. */
public final class TimeToLive {

    /** What a send comes to where there is none any more. */
    public static final PushResult EXPIRED = new PushResult.Permanent("the request has expired");

    /** From now on, as the vendor is told; zero where there is none any more. */
    public static Duration of(Push push) {
        Duration life = Duration.between(ServerTime.now(), push.expiresAt());
        return life.isNegative() ? Duration.ZERO : life;
    }

    private TimeToLive() {}
}
