package io.assent.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.outbox.Delivery;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When it is of any use to send something again. */
class DeliveryRecordTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final Parties PARTIES = new Parties("bank", "acme", "alice");

    private static DeliveryRecord push(DeliveryState state, Instant expiresAt) {
        return record("push", "phone", state, expiresAt);
    }

    private static DeliveryRecord ping(DeliveryState state) {
        return record("ping", "acme", state, NOW.plusSeconds(60));
    }

    private static DeliveryRecord record(String kind, String target, DeliveryState state, Instant expiresAt) {
        return new DeliveryRecord(
                "id",
                new Delivery(kind, PARTIES, "request", target, expiresAt),
                state,
                1,
                Optional.empty(),
                false,
                NOW,
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<ConsentRequest> request(Instant expiresAt) {
        return Optional.of(ConsentRequest.pending(
                PARTIES,
                new Journey(Journey.CIBA, "reference"),
                new Content(
                        "accounts.balances",
                        new RequestedPermissions(Set.of("accounts.balances"), Set.of(), false),
                        Details.NONE,
                        null,
                        List.of()),
                NOW,
                expiresAt));
    }

    private final Optional<ConsentRequest> open = request(NOW.plusSeconds(60));

    @Test
    void aPushThatWaitsOrWasGivenUpIsSentAgainWhileItsRequestIsOpen() {
        Instant later = NOW.plusSeconds(60);
        for (DeliveryState state : List.of(DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.CLOSED)) {
            assertThat(push(state, later).canBeResent(open, NOW))
                    .as(state.name())
                    .isTrue();
            assertThat(push(state, NOW).canBeResent(open, NOW)).as(state.name()).isFalse();
        }
        for (DeliveryState state : List.of(DeliveryState.WAITING, DeliveryState.FAILED)) {
            assertThat(push(state, later).canBeResent(request(NOW), NOW))
                    .as(state.name())
                    .isFalse();
            assertThat(push(state, later).canBeResent(Optional.empty(), NOW))
                    .as(state.name())
                    .isFalse();
        }
    }

    @Test
    void whatWasTakenIsNot() {
        assertThat(push(DeliveryState.DELIVERED, NOW.plusSeconds(60)).canBeResent(open, NOW))
                .isFalse();
        assertThat(ping(DeliveryState.DELIVERED).canBeResent(open, NOW)).isFalse();
    }

    @Test
    void aPingThatTheClientRefusedIsNotSinceItsTokenIsForgotten() {
        assertThat(ping(DeliveryState.FAILED).canBeResent(open, NOW)).isFalse();
        assertThat(ping(DeliveryState.CLOSED).canBeResent(open, NOW)).isTrue();
        assertThat(ping(DeliveryState.WAITING).canBeResent(open, NOW)).isTrue();
    }

    @Test
    void whoseTimeWasOverFailed() {
        assertThat(DeliveryState.of("CLOSED", "expired")).isEqualTo(DeliveryState.FAILED);
        assertThat(DeliveryState.of("CLOSED", "answered")).isEqualTo(DeliveryState.CLOSED);
        assertThat(DeliveryState.of("FAILED", null)).isEqualTo(DeliveryState.FAILED);
    }

    @Test
    void aDeviceIsNamedWherePushesGo() {
        assertThat(push(DeliveryState.WAITING, NOW).deviceId()).contains("phone");
        assertThat(ping(DeliveryState.WAITING).deviceId()).isEmpty();
        assertThat(record("device-notice", "phone", DeliveryState.WAITING, NOW)
                        .reachedBy(Optional.of("fcm"))
                        .deviceId())
                .contains("phone");
    }
}
