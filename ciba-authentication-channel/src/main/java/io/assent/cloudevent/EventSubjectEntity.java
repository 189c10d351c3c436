package io.assent.cloudevent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * How many events a subject has had. Its row is locked by whoever adds an event or ends one, so that of these two one
 * sees what the other did. It goes with the request or the consent.
 */
@Entity
@Table(name = "CONSENT_EVENT_SUBJECT")
public class EventSubjectEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REQUEST_ID", length = 36)
    private String requestId;

    @Column(name = "CONSENT_ID", length = 36)
    private String consentId;

    @Column(name = "LAST_SEQUENCE_NUMBER", nullable = false)
    private int last;

    protected EventSubjectEntity() {}

    /** One that has had its first. */
    EventSubjectEntity(Subject subject) {
        id = subject.id();
        if (subject.kind() == Subject.Kind.REQUEST) {
            requestId = id;
        } else {
            consentId = id;
        }
        last = 1;
    }
}
