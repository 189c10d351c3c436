package io.assent.rest.browser;

import io.assent.server.OperatorLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Looks once a second what became of the links that pages of this node wait for, with one thread: a statement for 500
 * of them. What happens on this node is looked at when it is committed.
 */
final class Sweep implements AutoCloseable {

    static final int BATCH = 500;

    private static final long PAUSE_MILLIS = 1_000;

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(Sweep.class));

    private final Waits waits;
    private final Function<Collection<String>, Map<String, Seen>> rows;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread;

    /** @param rows reads what has become of so many links at the most: {@value #BATCH} */
    Sweep(Waits waits, Function<Collection<String>, Map<String, Seen>> rows) {
        this.waits = waits;
        this.rows = rows;
        thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread made = new Thread(work, "assent-waits");
                    made.setDaemon(true);
                    made.setContextClassLoader(Sweep.class.getClassLoader());
                    return made;
                },
                // what still happens while the server stops is told to nobody
                new ThreadPoolExecutor.DiscardPolicy());
    }

    void start() {
        thread.scheduleWithFixedDelay(() -> look(waits.links()), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Has a link looked at now, where somebody waits for it. Many changes at once cost few looks. */
    void changed(String link) {
        if (waits.isFor(link) && changed.add(link)) {
            thread.execute(this::lookAtChanged);
        }
    }

    private void lookAtChanged() {
        List<String> links = List.copyOf(changed);
        changed.removeAll(links);
        look(links);
    }

    /** What is not known now is looked at again in a second. */
    private void look(Collection<String> links) {
        try {
            List<String> rest = new ArrayList<>(links);
            for (int from = 0; from < rest.size(); from += BATCH) {
                List<String> batch = rest.subList(from, Math.min(from + BATCH, rest.size()));
                long youngest = waits.youngest();
                waits.tell(youngest, batch, rows.apply(batch));
            }
        } catch (RuntimeException failure) {
            LOG.error(
                    "sweep",
                    "The logins that wait for the app could not be looked at. The next try is in a second.",
                    failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
