package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.consent.Consent;
import io.assent.evidence.Evidence;
import io.assent.evidence.ShownText;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.request.RecordedDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the answer came about that a consent came from. */
@JsonInclude
public record EvidenceView(
        String channel,
        String askedAt,
        List<String> askedScopes,
        @JsonRawValue String askedDetails,
        String bindingMessage,
        String decidedAt,
        List<String> grantedScopes,
        @JsonRawValue String grantedDetails,
        String deviceId,
        String appClientId,
        String sessionId,
        String acr,
        String authTime,
        String address,
        @JsonRawValue String shown,
        @JsonRawValue String shownContent,
        String contentHash,
        @JsonRawValue String signature) {

    /** Empty where the answer that the consent came from is not kept. */
    public static Optional<EvidenceView> of(ConsentRequests requests, Consent consent) {
        return Answer.of(requests, consent.parties().realmId(), consent.requestId())
                .map(EvidenceView::of);
    }

    private static EvidenceView of(Answer answer) {
        ConsentRequest request = answer.request();
        RecordedDecision decision = answer.decision();
        Evidence evidence = decision.evidence();
        return new EvidenceView(
                request.journey().name(),
                request.createdAt().toString(),
                sorted(request.permissions().asked()),
                request.details().json(),
                request.bindingMessage(),
                decision.decidedAt().toString(),
                sorted(decision.granted()),
                decision.details().json(),
                decision.deviceId(),
                evidence.clientId(),
                evidence.sessionId(),
                evidence.acr(),
                Optional.ofNullable(evidence.authTime()).map(Instant::toString).orElse(null),
                evidence.address(),
                answer.shown().map(ShownText::content).orElse(null),
                evidence.content(),
                evidence.contentHash().orElse(null),
                evidence.findSignature()
                        .map(signature -> signature.json().toString())
                        .orElse(null));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
