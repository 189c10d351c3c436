package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.consent.Consent;
import io.assent.evidence.Evidence;
import io.assent.evidence.ShownText;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.request.RecordedDecision;
import io.assent.rest.admin.claim.ClaimsView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;

/** How the answer came about that a consent came from. */
@JsonInclude
public record EvidenceView(
        String channel,
        String askedAt,
        List<String> askedScopes,
        List<ClaimsView> askedClaims,
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
    public static Optional<EvidenceView> of(ConsentRequests requests, RealmModel realm, Consent consent) {
        return Answer.of(requests, realm.getId(), consent.requestId())
                .map(answer ->
                        of(answer, askedClaims(realm, consent, answer.request().permissions())));
    }

    private static List<ClaimsView> askedClaims(RealmModel realm, Consent consent, RequestedPermissions asked) {
        return ClaimsView.of(realm, consent.parties(), asked.asked(), asked.scopeIds(), asked.claims());
    }

    private static EvidenceView of(Answer answer, List<ClaimsView> askedClaims) {
        ConsentRequest request = answer.request();
        RecordedDecision decision = answer.decision();
        Evidence evidence = decision.evidence();
        return new EvidenceView(
                request.journey().name(),
                request.createdAt().toString(),
                sorted(request.permissions().asked()),
                askedClaims,
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
