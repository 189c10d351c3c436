package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.overview.DeliveryRecord;
import io.assent.overview.DeliveryState;
import io.assent.request.ConsentRequest;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Clients;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A delivery as staff see it: by names, and without what is sent. */
@JsonInclude
record DeliveryView(
        String id,
        String kind,
        String state,
        String requestId,
        String customerId,
        ClientView client,
        String vendor,
        String deviceId,
        int attempts,
        String reason,
        String createdAt,
        String nextAttemptAt,
        String endedAt,
        String expiresAt,
        boolean canBeResent) {

    static DeliveryView of(DeliveryRecord row, Optional<ConsentRequest> request, Clients clients, Instant now) {
        boolean waits = row.state() == DeliveryState.WAITING;
        return new DeliveryView(
                row.id(),
                row.delivery().kind(),
                row.state().name().toLowerCase(Locale.ROOT),
                row.delivery().ownerId(),
                row.delivery().parties().userId(),
                clients.view(row.delivery().parties().clientId(), Optional::empty),
                row.platform().orElse(null),
                row.deviceId().orElse(null),
                row.attempts(),
                row.reason().orElse(null),
                row.createdAt().toString(),
                waits && !row.isBeingSent() ? row.nextAttemptAt().toString() : null,
                row.endedAt().map(Instant::toString).orElse(null),
                row.delivery().expiresAt().toString(),
                row.canBeResent(request, now));
    }

    /** A page of what was found. */
    @JsonInclude
    record Found(List<DeliveryView> deliveries, String next) {}

    /** A list that is whole. */
    record Listed(List<DeliveryView> deliveries) {}
}
