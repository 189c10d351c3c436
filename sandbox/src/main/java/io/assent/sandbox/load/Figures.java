package io.assent.sandbox.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of it all: counted while journeys go on, by many threads. */
final class Figures {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Map<Step, List<Duration>> calls = new EnumMap<>(Step.class);
    private final List<Duration> journeys = new ArrayList<>();
    private final Map<String, Integer> problems = new TreeMap<>();

    /** A call was answered, in whichever way, or its time was over. */
    synchronized void called(Step step, Duration took) {
        calls.computeIfAbsent(step, first -> new ArrayList<>()).add(took);
    }

    synchronized void done(Duration took) {
        journeys.add(took);
    }

    /** @param problem where and why, without anything of the single customer */
    synchronized void failed(String problem) {
        problems.merge(problem, 1, Integer::sum);
    }

    synchronized boolean allDone() {
        return problems.isEmpty() && !journeys.isEmpty();
    }

    /** The report, for people. */
    synchronized List<String> lines(Duration all) {
        int failed = problems.values().stream().mapToInt(Integer::intValue).sum();
        int requests = calls.values().stream().mapToInt(List::size).sum();
        List<String> lines = new ArrayList<>();
        lines.add(text("%d journeys done, %d failed, in %.1f s", journeys.size(), failed, seconds(all)));
        lines.add(text("%d requests, %.1f a second", requests, requests / seconds(all)));
        problems.forEach((problem, count) -> lines.add(text("  failed %d times: %s", count, problem)));
        lines.add(text("%-12s %8s %9s %9s %9s", "step", "calls", "p50 ms", "p95 ms", "p99 ms"));
        calls.forEach((step, took) -> lines.add(row(step.toString(), took)));
        lines.add(row("journey", journeys));
        return lines;
    }

    private static String row(String name, List<Duration> took) {
        List<Duration> sorted = took.stream().sorted().toList();
        return text(
                "%-12s %8d %9s %9s %9s",
                name, sorted.size(), millis(sorted, 50), millis(sorted, 95), millis(sorted, 99));
    }

    private static String millis(List<Duration> sorted, int percent) {
        return sorted.isEmpty()
                ? "-"
                : text("%.1f", (double) percentile(sorted, percent).toNanos() / NANOS_PER_MILLI);
    }

    /** The smallest one that so many of a hundred are not above (nearest rank). */
    static Duration percentile(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(rank - 1);
    }

    private static double seconds(Duration time) {
        return Math.max(time.toMillis(), 1) / 1_000.0;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
