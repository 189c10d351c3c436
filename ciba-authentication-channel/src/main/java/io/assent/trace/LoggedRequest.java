package io.assent.trace;

import io.assent.server.OperatorLog;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/**
 * Puts the id of the consent request that the current thread works on into the log's context (MDC), under
 * {@value OperatorLog#REQUEST_ID}, until this is closed. Then what was there before is there again.
 */
public final class LoggedRequest implements AutoCloseable {

    private final Optional<Object> before = Optional.ofNullable(MDC.get(OperatorLog.REQUEST_ID));

    private LoggedRequest() {}

    /** Of a request that is not known yet, or of none. */
    public static LoggedRequest none() {
        return new LoggedRequest();
    }

    /** Does something that is all about one request. */
    public static <T> T during(String requestId, Supplier<T> work) {
        try (LoggedRequest logged = none()) {
            logged.is(requestId);
            return work.get();
        }
    }

    /**
     * It is known now.
     *
     * @param requestId of a request that exists: never what a caller sent and nothing was found by
     */
    public void is(String requestId) {
        MDC.put(OperatorLog.REQUEST_ID, requestId);
    }

    @Override
    public void close() {
        before.ifPresentOrElse(id -> MDC.put(OperatorLog.REQUEST_ID, id), () -> MDC.remove(OperatorLog.REQUEST_ID));
    }
}
