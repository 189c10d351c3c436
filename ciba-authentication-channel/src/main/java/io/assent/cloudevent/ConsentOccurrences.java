package io.assent.cloudevent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.cloudevent.EventData.Named;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent;
import io.assent.consent.ConsentEvent.Changed;
import io.assent.consent.ConsentEvent.ConfirmationDue;
import io.assent.consent.ConsentEvent.Confirmed;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentEvent.Suspended;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What destinations hear of a consent. That its tokens hang on another session is not among it: nothing that is granted
 * changes with that.
 */
final class ConsentOccurrences {

    private static final String PREFIX = Occurrence.PREFIX + "consent.";

    private final EventData data;

    ConsentOccurrences(EventData data) {
        this.data = data;
    }

    Optional<Occurrence> of(ConsentEvent event, Instant now) {
        Consent consent = event.consent();
        if (event instanceof Granted granted) {
            return Optional.of(
                    occurrence("granted", consent, now, () -> about(consent).put("requestId", granted.requestId())));
        } else if (event instanceof Narrowed narrowed) {
            return Optional.of(occurrence("narrowed", consent, now, () -> about(narrowed)));
        } else if (event instanceof Changed following) {
            return Optional.of(occurrence("changed", consent, now, () -> about(following)));
        } else if (event instanceof ConfirmationDue) {
            return Optional.of(occurrence("confirmation-due", consent, now, () -> about(consent)));
        } else if (event instanceof Confirmed confirmed) {
            return Optional.of(occurrence("confirmed", consent, now, () -> changed(consent, confirmed.by())));
        } else if (event instanceof Suspended) {
            return Optional.of(occurrence("suspended", consent, now, () -> about(consent)));
        } else if (event instanceof Ended ended) {
            Instant at = consent.findEnd().map(Consent.End::at).orElse(now);
            return Optional.of(occurrence("ended", consent, at, () -> about(consent)
                    .put("endedAt", at.toString())
                    .put("endedBy", EventData.word(ended.by()))));
        }
        return Optional.empty();
    }

    private ObjectNode about(Narrowed narrowed) {
        ObjectNode told = changed(narrowed.consent(), narrowed.by());
        EventData.names(told, "takenBack", narrowed.takenBack());
        return told;
    }

    private ObjectNode about(Changed following) {
        ObjectNode told = changed(following.consent(), Actor.SYSTEM);
        EventData.names(told, "permissionsBefore", following.before());
        return told;
    }

    private ObjectNode changed(Consent consent, Actor by) {
        return about(consent).put("changedBy", EventData.word(by));
    }

    private ObjectNode about(Consent consent) {
        ObjectNode told = data.about(new Named("consentId", consent.id()), consent.parties())
                .put("requestId", consent.requestId())
                .put("status", EventData.word(consent.status()))
                .put("oneTime", consent.isOneTime());
        EventData.names(told, "permissions", consent.names());
        EventData.types(told, consent.details());
        told.put("grantedAt", consent.grantedAt().toString());
        EventData.moment(told, "validUntil", consent.validUntil());
        EventData.moment(told, "confirmBy", consent.term().confirmBy());
        return told;
    }

    private static Occurrence occurrence(String name, Consent consent, Instant at, Supplier<ObjectNode> told) {
        return new Occurrence(Subject.consent(consent.id()), PREFIX + name, consent.parties(), at, told);
    }
}
