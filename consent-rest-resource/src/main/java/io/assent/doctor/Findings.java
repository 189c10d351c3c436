package io.assent.doctor;

import io.assent.doctor.Diagnosis.Found;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings, of which one may be about very many. */
final class Findings {

    /** How many of what one finding is about are named. */
    static final int MOST_SUBJECTS = 20;

    private final Map<Finding, Tally> tallies = new EnumMap<>(Finding.class);

    void ofRealm(Finding finding) {
        tallies.computeIfAbsent(finding, any -> new Tally());
    }

    void of(Finding finding, Subject subject) {
        tallies.computeIfAbsent(finding, any -> new Tally()).add(subject);
    }

    List<Found> found() {
        return tallies.entrySet().stream()
                .map(entry -> new Found(entry.getKey(), entry.getValue().named, entry.getValue().total))
                .toList();
    }

    private static final class Tally {

        private final List<Subject> named = new ArrayList<>();
        private int total;

        private void add(Subject subject) {
            total++;
            if (named.size() < MOST_SUBJECTS) {
                named.add(subject);
            }
        }
    }
}
