package io.assent.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.request.ConsentRequestStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStateTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

    private static List<RequestState> states(ConsentRequestStatus status, Instant expiresAt, boolean reported) {
        return Arrays.stream(RequestState.values())
                .filter(state -> state.is(status, expiresAt, reported, NOW))
                .toList();
    }

    @Test
    void whatNobodyAnsweredExpiresInTheVeryMoment() {
        assertThat(states(ConsentRequestStatus.PENDING, NOW.plusMillis(1), false))
                .containsExactly(RequestState.PENDING);
        assertThat(states(ConsentRequestStatus.PENDING, NOW, false)).containsExactly(RequestState.EXPIRED);
    }

    @Test
    void whatIsReportedIsAlsoDenied() {
        assertThat(states(ConsentRequestStatus.DENIED, NOW, false)).containsExactly(RequestState.DENIED);
        assertThat(states(ConsentRequestStatus.DENIED, NOW, true))
                .containsExactly(RequestState.DENIED, RequestState.REPORTED);
    }

    @Test
    void anAnswerDoesNotExpire() {
        assertThat(states(ConsentRequestStatus.APPROVED, NOW, false)).containsExactly(RequestState.APPROVED);
        assertThat(states(ConsentRequestStatus.REDEEMED, NOW, false)).containsExactly(RequestState.REDEEMED);
        assertThat(states(ConsentRequestStatus.WITHDRAWN, NOW, false)).containsExactly(RequestState.WITHDRAWN);
    }
}
