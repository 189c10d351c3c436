package io.assent.report.jpa;

import io.assent.report.CallCounts;
import io.assent.report.Calls;
import io.assent.report.Downtime;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * What one node counted of the {@link Calls} of a day, realm and interface since it started. No other node writes it.
 */
@Entity
@Table(name = "CONSENT_REPORT_CALLS")
public class ReportCallsEntity {

    @Id
    @Column(name = "ID", length = 120)
    private String id;

    @Column(name = "DAY_BEGIN", nullable = false)
    private long day;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CALLED", length = 20, nullable = false)
    private String called;

    @Column(name = "CALLS", nullable = false)
    private long calls;

    @Column(name = "REFUSED", nullable = false)
    private long refused;

    @Column(name = "FAILED", nullable = false)
    private long failed;

    @Column(name = "MILLIS", nullable = false)
    private long millis;

    /** Not read any more: it was counted on each node by itself. */
    @Column(name = "DOWN_MILLIS", nullable = false)
    private long downMillis;

    /** A {@link Downtime}; {@code null} where there is none. */
    @Column(name = "DOWN", length = Downtime.LENGTH)
    private String down;

    protected ReportCallsEntity() {}

    ReportCallsEntity(String id, CallCounts.Key key) {
        this.id = id;
        day = key.day().toMillis();
        realmId = key.realmId();
        called = key.called().word();
    }

    /** Writes the sums, and not what came since: so that it can be repeated. */
    void write(Calls totals) {
        calls = totals.calls();
        refused = totals.refused();
        failed = totals.failed();
        millis = totals.millis();
        down = totals.down().isNone() ? null : totals.down().toString();
    }
}
