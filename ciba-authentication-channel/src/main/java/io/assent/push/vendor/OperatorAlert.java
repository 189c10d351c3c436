package io.assent.push.vendor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Something that an operator must repair and that fails every send until then, so that it is logged as an error, but no
 * more than once a minute.
 */
public final class OperatorAlert {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Logger log;
    private final LongSupplier nanos;
    private final AtomicReference<Long> last = new AtomicReference<>();

    public OperatorAlert(Logger log) {
        this(log, System::nanoTime);
    }

    OperatorAlert(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** @param message what is wrong and what to set; no secret */
    public void raise(String message) {
        long now = nanos.getAsLong();
        Long before = last.get();
        if ((before == null || now - before >= PAUSE.toNanos()) && last.compareAndSet(before, now)) {
            log.error(message);
        }
    }
}
