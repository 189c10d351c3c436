package io.assent.report.jpa;

import io.assent.report.Minutes;
import io.assent.report.UtcDay;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** In which {@link Minutes} of a day one node gave a sign of life. No other node writes it. */
@Entity
@Table(name = "CONSENT_REPORT_NODE")
public class ReportNodeEntity {

    @Id
    @Column(name = "ID", length = 50)
    private String id;

    @Column(name = "DAY_BEGIN", nullable = false)
    private long day;

    @Column(name = "MINUTES", length = Minutes.LENGTH, nullable = false)
    private String minutes;

    protected ReportNodeEntity() {}

    ReportNodeEntity(String id, UtcDay day) {
        this.id = id;
        this.day = day.toMillis();
        minutes = Minutes.NONE.toString();
    }

    void mark(int minute) {
        minutes = Minutes.parse(minutes).with(minute).toString();
    }
}
