package io.assent.it.faults;

import io.assent.testing.http.Answer;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What clients got instead of an answer, and how often. For many threads. */
final class Failures {

    static final String NO_ANSWER = "none";

    private final Map<String, Integer> times = new ConcurrentSkipListMap<>();
    private final Map<String, String> examples = new ConcurrentSkipListMap<>();

    void add(Answer failure) {
        add(String.valueOf(failure.status()), failure.toString());
    }

    void add(UncheckedIOException failure) {
        add(NO_ANSWER, failure.getCause().toString());
    }

    private void add(String what, String example) {
        times.merge(what, 1, Integer::sum);
        examples.putIfAbsent(what, example);
    }

    int total() {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One number per kind, such as {@code 500: 3, none: 12}. */
    String summary() {
        return times.isEmpty() ? "0" : times.toString().replaceAll("[{}]", "").replace("=", ": ");
    }

    @Override
    public String toString() {
        return summary() + " " + examples.values();
    }
}
