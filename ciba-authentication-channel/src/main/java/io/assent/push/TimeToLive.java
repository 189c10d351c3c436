package io.assent.push;

import io.assent.server.ServerTime;
import java.time.Duration;

/** How long there is a use in delivering a push. */
public final class TimeToLive {

    /** What a send comes to where there is none any more. */
    public static final PushResult EXPIRED = new PushResult.Permanent("the request has expired");

    /** No vendor keeps a push for longer, and FCM refuses one that is to be kept. */
    private static final Duration LONGEST = Duration.ofDays(28);

    /** From now on, as the vendor is told; zero where there is none any more. */
    public static Duration of(Push push) {
        Duration life = Duration.between(ServerTime.now(), push.expiresAt());
        if (life.isNegative()) {
            return Duration.ZERO;
        }
        return life.compareTo(LONGEST) > 0 ? LONGEST : life;
    }

    private TimeToLive() {}
}
