package io.assent.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Tells an operator of what goes on failing until somebody repairs it: each trouble at most once a minute on each node,
 * with how often it came meanwhile. A thousand different ones in a minute are told of, and no more, so that nobody
 * fills the log or the memory by failing in ever new ways. A line that is written while a consent request is worked on
 * names it, so that a case is found by its id whatever the log's format.
 */
public final class OperatorLog {

    /** Under what the log's context (MDC) has the id of the consent request that the thread works on. */
    public static final String REQUEST_ID = "requestId";

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MAX_TROUBLES = 1_000;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Told> told = new HashMap<>();

    public OperatorLog(Logger log) {
        this(log, System::nanoTime);
    }

    OperatorLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Something fails that others may repair, or that repairs itself.
     *
     * @param trouble what is told of at most once a minute: what fails, and how
     * @param message what happened, to what, and what to do; no secret, nothing personal
     */
    public void warn(String trouble, String message) {
        turn(trouble).ifPresent(untold -> log.warn(line(message, untold)));
    }

    /** Something fails until this server's operator repairs it; as {@link #warn}. */
    public void error(String trouble, String message) {
        turn(trouble).ifPresent(untold -> log.error(line(message, untold)));
    }

    /** @param cause logged with its stack: for what only a developer can repair, and whose message holds no secret */
    public void error(String trouble, String message, Throwable cause) {
        turn(trouble).ifPresent(untold -> log.error(line(message, untold), cause));
    }

    /** @return how often the trouble was not told of since it last was; empty where it is not to be told of now */
    private synchronized OptionalLong turn(String trouble) {
        long now = nanos.getAsLong();
        Told last = told.get(trouble);
        if (last != null && last.isFresh(now)) {
            last.untold++;
            return OptionalLong.empty();
        }
        if (last == null && told.size() >= MAX_TROUBLES) {
            told.values().removeIf(other -> !other.isFresh(now));
            if (told.size() >= MAX_TROUBLES) {
                return OptionalLong.empty();
            }
        }
        told.put(trouble, new Told(now));
        return OptionalLong.of(last == null ? 0 : last.untold);
    }

    /** On one line, whatever others may have put into a name or a reason. */
    private static String line(String message, long untold) {
        String line = ofRequest(message).replaceAll("\\p{Cntrl}", "?");
        return untold == 0 ? line : line + " (and " + untold + " more since this was last said)";
    }

    private static String ofRequest(String message) {
        Object id = MDC.get(REQUEST_ID);
        return id == null || message.contains(id.toString()) ? message : message + " (request " + id + ')';
    }

    private static final class Told {

        private final long at;
        private long untold;

        private Told(long at) {
            this.at = at;
        }

        private boolean isFresh(long now) {
            return now - at < PAUSE.toNanos();
        }
    }
}
