package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.assent.overview.PeerHealth;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Clients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How deliveries fare, by vendor and by TPP. */
record HealthView(String at, List<Vendor> vendors, List<Tpp> clients) {

    private static final int MOST_CLIENTS = 100;

    static HealthView of(Instant at, List<PeerHealth> platforms, List<PeerHealth> clients, Clients names) {
        return new HealthView(
                at.toString(),
                platforms.stream()
                        .map(health -> new Vendor(health.peer(), Fares.of(health)))
                        .toList(),
                clients.stream()
                        .limit(MOST_CLIENTS)
                        .map(health -> new Tpp(names.view(health.peer(), Optional::empty), Fares.of(health)))
                        .toList());
    }

    /** @param vendor the platform of a device, such as {@code fcm} */
    record Vendor(String vendor, @JsonUnwrapped Fares fares) {}

    record Tpp(ClientView client, @JsonUnwrapped Fares fares) {}

    @JsonInclude
    record Fares(
            long waiting,
            String oldestWaiting,
            long deliveredLastHour,
            long failedLastHour,
            long failedLastDay,
            String lastReason) {

        static Fares of(PeerHealth health) {
            return new Fares(
                    health.waiting(),
                    health.oldestWaiting().map(Instant::toString).orElse(null),
                    health.deliveredLastHour(),
                    health.failedLastHour(),
                    health.failedLastDay(),
                    health.lastReason().orElse(null));
        }
    }
}
