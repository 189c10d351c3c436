package io.assent.verifier;

import java.util.List;

/** Whether evidence holds. */
sealed interface Verdict {

    /** @param report what it proves, line by line */
    record Holds(List<String> report) implements Verdict {
        public Holds {
            report = List.copyOf(report);
        }
    }

    /** @param what the first thing that does not hold, in a sentence */
    record Flawed(String what) implements Verdict {}
}
