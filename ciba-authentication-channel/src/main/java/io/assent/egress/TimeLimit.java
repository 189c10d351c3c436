package io.assent.egress;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.HttpRequestBase;

/**
 * Ends a call that takes too long. A socket's time-out is one of silence: a server that trickles would hold the thread
 * for as long as it likes.
 */
public final class TimeLimit {

    /**
     * Sets it before the call. A call that was over by then does not notice.
     *
     * @param limit how long it may take in all, reading the answer included
     */
    public static void set(HttpRequestBase request, Duration limit) {
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request::abort);
    }

    private TimeLimit() {}
}
