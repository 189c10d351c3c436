package io.assent.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.doctor.Diagnosis;
import io.assent.doctor.Subject;
import java.util.List;
import java.util.Locale;

/** What the doctor found, as staff see it. */
record DiagnosisView(List<Found> findings, int clients) {

    static DiagnosisView of(Diagnosis diagnosis) {
        return new DiagnosisView(diagnosis.findings().stream().map(Found::of).toList(), diagnosis.clients());
    }

    /** One finding. */
    record Found(String id, String severity, String message, String fix, List<About> about, int total) {

        static Found of(Diagnosis.Found found) {
            return new Found(
                    found.finding().id(),
                    found.finding().severity().word(),
                    found.finding().message(),
                    found.finding().fix(),
                    found.about().stream().map(About::of).toList(),
                    found.total());
        }
    }

    /** What it is about. */
    @JsonInclude
    record About(String kind, String name, String note) {

        static About of(Subject subject) {
            return new About(
                    subject.kind().name().toLowerCase(Locale.ROOT),
                    subject.name(),
                    subject.findNote().orElse(null));
        }
    }
}
