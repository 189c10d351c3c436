package io.assent.doctor;

import java.util.List;

/**
 * What the doctor found in one realm.
 *
 * @param findings each once, the worst first
 * @param clients how many clients were looked at
 */
public record Diagnosis(List<Found> findings, int clients) {

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /**
     * One finding.
     *
     * @param about some of what it is about, {@value Findings#MOST_SUBJECTS} at the most; empty where it is about the
     *     realm
     * @param total how many it is about; 0 for the realm
     */
    public record Found(Finding finding, List<Subject> about, int total) {

        public Found {
            about = List.copyOf(about);
        }
    }
}
