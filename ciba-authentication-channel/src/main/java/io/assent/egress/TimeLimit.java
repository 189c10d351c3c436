package io.assent.egress;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;

/**
 * Ends a call that takes too long. A socket's time-out is one of silence: a server that trickles would hold the thread
 * for as long as it likes.
 */
public final class TimeLimit {

    /** To connect, and between two packets: a client by itself waits for as long as the machine does. */
    private static final int SILENCE_MILLIS = 5_000;

    private static final RequestConfig PATIENCE = RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setConnectTimeout(SILENCE_MILLIS)
            .setConnectionRequestTimeout(SILENCE_MILLIS)
            .setSocketTimeout(SILENCE_MILLIS)
            .build();

    /**
     * Sets it before the call, which follows no redirect then. A call that was over by then does not notice.
     *
     * @param limit how long it may take in all, reading the answer included
     */
    public static void set(HttpRequestBase request, Duration limit) {
        request.setConfig(PATIENCE);
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request::abort);
    }

    private TimeLimit() {}
}
