package io.assent.report.jpa;

import io.assent.report.AuthorisationLine;
import io.assent.report.Outcomes;
import io.assent.report.Times;
import io.assent.report.UtcDay;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of an {@link AuthorisationLine}. */
@Entity
@Table(name = "CONSENT_REPORT_DAY")
public class ReportDayEntity {

    @Id
    @Column(name = "ID", length = 120)
    private String id;

    @Column(name = "DAY_BEGIN", nullable = false)
    private long day;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "JOURNEY", length = 20, nullable = false)
    private String journey;

    @Column(name = "OAUTH_CLIENT_ID", length = 255)
    private String oauthClientId;

    @Column(name = "CLIENT_NAME", length = 255)
    private String clientName;

    @Column(name = "OPENED", nullable = false)
    private long opened;

    @Column(name = "IN_FULL", nullable = false)
    private long inFull;

    @Column(name = "IN_PART", nullable = false)
    private long inPart;

    @Column(name = "REJECTED", nullable = false)
    private long rejected;

    @Column(name = "REPORTED", nullable = false)
    private long reported;

    @Column(name = "NEVER_OPENED", nullable = false)
    private long neverOpened;

    @Column(name = "OPENED_NOT_ANSWERED", nullable = false)
    private long openedNotAnswered;

    @Column(name = "REDEEMED", nullable = false)
    private long redeemed;

    @Column(name = "WITHDRAWN", nullable = false)
    private long withdrawn;

    /** See {@link Times#toString}. */
    @Column(name = "TIMES", columnDefinition = "TEXT", nullable = false)
    private String times;

    protected ReportDayEntity() {}

    ReportDayEntity(String id, String realmId, AuthorisationLine line) {
        this.id = id;
        this.realmId = realmId;
        day = line.day().toMillis();
        clientId = line.clientId();
        journey = line.journey();
        write(line);
    }

    String id() {
        return id;
    }

    /** Adds what was counted since. */
    void add(AuthorisationLine more) {
        write(toLine().plus(more));
    }

    private void write(AuthorisationLine line) {
        oauthClientId = line.oauthClientId();
        clientName = line.clientName();
        Outcomes outcomes = line.outcomes();
        opened = outcomes.opened();
        inFull = outcomes.inFull();
        inPart = outcomes.inPart();
        rejected = outcomes.rejected();
        reported = outcomes.reported();
        neverOpened = outcomes.neverOpened();
        openedNotAnswered = outcomes.openedNotAnswered();
        redeemed = outcomes.redeemed();
        withdrawn = outcomes.withdrawn();
        times = line.times().toString();
    }

    AuthorisationLine toLine() {
        return new AuthorisationLine(
                UtcDay.ofMillis(day),
                clientId,
                oauthClientId,
                clientName,
                journey,
                new Outcomes(
                        opened,
                        inFull,
                        inPart,
                        rejected,
                        reported,
                        neverOpened,
                        openedNotAnswered,
                        redeemed,
                        withdrawn),
                Times.parse(times));
    }
}
