package io.assent.rest.browser;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The pages that wait on this node, each for its link to change. A page that waits is a value in memory and an open
 * connection, and no thread, session or connection to the database.
 */
final class Waits {

    /** Of one link: a reload or a second tab waits beside the one before, until the server sees that it went. */
    private static final int MOST_OF_ONE = 3;

    private final int most;
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean ended;
    private final Map<String, List<Wait>> byLink = new ConcurrentHashMap<>();

    /** @param most how many may wait at once */
    Waits(int most) {
        this.most = most;
    }

    /**
     * @param link whose change to wait for
     * @param known what the page knows of it, and is told where nothing changes
     * @param longest how long to wait for it
     * @return what the page is to be told, once; cancelled by the server where the page goes. Empty where too many wait
     */
    Optional<CompletableFuture<Seen>> hold(String link, Seen known, Duration longest) {
        if (all.incrementAndGet() > most || ended) {
            all.decrementAndGet();
            return Optional.empty();
        }
        Wait wait = new Wait(numbers.incrementAndGet(), known, new CompletableFuture<>());
        List<Wait> ofLink = byLink.compute(link, (any, others) -> added(others, wait));
        if (!ofLink.contains(wait)) {
            all.decrementAndGet();
            return Optional.empty();
        }
        wait.answer().whenComplete((seen, gone) -> {
            byLink.computeIfPresent(link, (any, others) -> without(others, wait));
            all.decrementAndGet();
        });
        // where the end came meanwhile, this one was perhaps not seen
        wait.answer().completeOnTimeout(known, ended ? 0 : longest.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.of(wait.answer());
    }

    /** The number of the youngest page, for {@link #tell}: take it before looking what became of links. */
    long youngest() {
        return numbers.get();
    }

    /** Whose change somebody waits for. */
    Set<String> links() {
        return Set.copyOf(byLink.keySet());
    }

    /** Whether somebody waits for it. */
    boolean isFor(String link) {
        return byLink.containsKey(link);
    }

    /**
     * Answers the pages whose link is in another state than they know.
     *
     * @param youngest of the pages that waited when it was looked: others know more
     * @param links which were looked for
     * @param found what they are; one that was looked for and is not here is over
     */
    void tell(long youngest, Collection<String> links, Map<String, Seen> found) {
        for (String link : links) {
            Seen seen = found.getOrDefault(link, Seen.OVER);
            for (Wait wait : byLink.getOrDefault(link, List.of())) {
                if (wait.number() <= youngest && wait.known().state() != seen.state()) {
                    wait.answer().complete(seen);
                }
            }
        }
    }

    /** Answers all pages with what they know; from now on none waits here. */
    void end() {
        ended = true;
        byLink.values().forEach(waits -> waits.forEach(wait -> wait.answer().complete(wait.known())));
    }

    /** How many wait. */
    int count() {
        return all.get();
    }

    private static List<Wait> added(List<Wait> others, Wait wait) {
        if (others == null) {
            return List.of(wait);
        }
        return others.size() < MOST_OF_ONE
                ? Stream.concat(others.stream(), Stream.of(wait)).toList()
                : others;
    }

    /** @return {@code null} for none, as the map has it */
    private static List<Wait> without(List<Wait> waits, Wait gone) {
        List<Wait> others = waits.stream().filter(wait -> wait != gone).toList();
        return others.isEmpty() ? null : others;
    }

    /** A page that waits. */
    private record Wait(long number, Seen known, CompletableFuture<Seen> answer) {}
}
