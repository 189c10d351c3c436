package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.overview.DeliveryRecord;
import io.assent.request.ConsentRequest;
import io.assent.request.RecordedDecision;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Clients;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request as staff see it, with what became of its deliveries. */
@JsonInclude
record RequestView(
        String id,
        String customerId,
        ClientView client,
        String channel,
        String status,
        boolean reported,
        List<String> askedScopes,
        boolean details,
        List<String> grantedScopes,
        String bindingMessage,
        String askedAt,
        String expiresAt,
        String openedAt,
        String decidedAt,
        List<DeliveryView> deliveries) {

    static RequestView of(
            ConsentRequest request, ClientView client, List<DeliveryRecord> deliveries, Clients clients, Instant now) {
        Optional<RecordedDecision> decision = request.findDecision();
        return new RequestView(
                request.id(),
                request.parties().userId(),
                client,
                request.journey().name(),
                request.expired(now) ? "expired" : request.status().name().toLowerCase(Locale.ROOT),
                decision.filter(RecordedDecision::reported).isPresent(),
                sorted(request.permissions().asked()),
                !request.details().isEmpty(),
                decision.map(answer -> sorted(answer.granted())).orElse(null),
                request.bindingMessage(),
                request.createdAt().toString(),
                request.expiresAt().toString(),
                Optional.ofNullable(request.openedAt()).map(Instant::toString).orElse(null),
                decision.map(answer -> answer.decidedAt().toString()).orElse(null),
                deliveries.stream()
                        .map(row -> DeliveryView.of(row, Optional.of(request), clients, now))
                        .toList());
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    /** A page of what was found. */
    @JsonInclude
    record Found(List<RequestView> requests, String next) {}
}
