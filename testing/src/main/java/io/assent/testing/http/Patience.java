package io.assent.testing.http;

import io.assent.testing.Eventually;
import java.time.Duration;
import java.util.function.Supplier;

/** What a client has that sends more bodies at once than the server reads: it sends them again, as it is told. */
public final class Patience {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BUSY = 503;

    /** The first answer that says something else. */
    public static Answer with(Supplier<Answer> call) {
        return Eventually.within(
                Duration.ofSeconds(60),
                "the server to read the body",
                call,
                answer -> answer.status() != TOO_MANY_REQUESTS && answer.status() != BUSY);
    }

    private Patience() {}
}
