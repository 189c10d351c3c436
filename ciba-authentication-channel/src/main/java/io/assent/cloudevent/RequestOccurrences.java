package io.assent.cloudevent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.cloudevent.EventData.Named;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestEvent;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.Expired;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.request.ConsentRequestEvent.Reported;
import io.assent.request.ConsentRequestEvent.Withdrawn;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.RecordedDecision;
import java.time.Instant;
import java.util.Optional;

/**
 * What destinations hear of a request. What was refused is not among it: a refusal's transaction is rolled back, and
 * Keycloak's own events tell of it.
 */
final class RequestOccurrences {

    private static final String PREFIX = Occurrence.PREFIX + "request.";

    private final EventData data;

    RequestOccurrences(EventData data) {
        this.data = data;
    }

    Optional<Occurrence> of(ConsentRequestEvent event, Instant now) {
        if (event instanceof Asked asked) {
            return Optional.of(of("asked", asked.request(), ConsentRequestStatus.PENDING, now));
        } else if (event instanceof Opened opened) {
            return Optional.of(of("opened", opened.request(), ConsentRequestStatus.PENDING, now));
        } else if (event instanceof Decided decided) {
            RecordedDecision decision = decided.request().decision();
            return Optional.of(
                    decision.approved()
                            ? of("approved", decided.request(), ConsentRequestStatus.APPROVED, decision.decidedAt())
                            : of("denied", decided.request(), ConsentRequestStatus.DENIED, decision.decidedAt()));
        } else if (event instanceof Reported reported) {
            return Optional.of(of("reported", reported.request(), ConsentRequestStatus.DENIED, now));
        } else if (event instanceof Withdrawn withdrawn) {
            return Optional.of(of("withdrawn", withdrawn.request(), ConsentRequestStatus.WITHDRAWN, now));
        } else if (event instanceof Redeemed redeemed) {
            return Optional.of(of("redeemed", redeemed.request(), ConsentRequestStatus.REDEEMED, now));
        } else if (event instanceof RedeemedAgain again) {
            return Optional.of(of("redeemed-again", again.request(), ConsentRequestStatus.REDEEMED, now));
        } else if (event instanceof Expired expired) {
            ConsentRequest request = expired.request();
            return Optional.of(occurrence("expired", request, "expired", request.expiresAt()));
        }
        return Optional.empty();
    }

    private Occurrence of(String name, ConsentRequest request, ConsentRequestStatus status, Instant at) {
        return occurrence(name, request, EventData.word(status), at);
    }

    private Occurrence occurrence(String name, ConsentRequest request, String status, Instant at) {
        return new Occurrence(
                Subject.request(request.id()), PREFIX + name, request.parties(), at, () -> about(request, status));
    }

    private ObjectNode about(ConsentRequest request, String status) {
        ObjectNode told = data.about(new Named("requestId", request.id()), request.parties())
                .put("status", status)
                .put("journey", request.journey().name());
        EventData.names(told, "permissions", request.permissions().asked());
        EventData.types(told, request.details());
        told.put("askedAt", request.createdAt().toString())
                .put("expiresAt", request.expiresAt().toString());
        request.findDecision().ifPresent(decision -> {
            told.put("decidedAt", decision.decidedAt().toString()).put("reported", decision.reported());
            if (decision.approved()) {
                EventData.names(told, "grantedPermissions", decision.granted());
                told.put("signed", decision.evidence().findSignature().isPresent());
            }
        });
        return told;
    }
}
