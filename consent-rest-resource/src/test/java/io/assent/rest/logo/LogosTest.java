package io.assent.rest.logo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LogosTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger fetched = new AtomicInteger();
    private final Logos logos = new Logos(now::get);
    private final Optional<Logo> logo = Optional.of(new Logo(new byte[] {1}, "image/png"));
    private final Supplier<Optional<Logo>> found = fetching(logo);
    private final Supplier<Optional<Logo>> missing = fetching(Optional.empty());

    @Test
    void aLogoIsFetchedOnceADay() {
        assertThat(logos.get("acme", found)).isEqualTo(logo);
        pass(Logos.GOOD_FOR.minusSeconds(1));
        assertThat(logos.get("acme", found)).isEqualTo(logo);
        assertThat(fetched).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThat(logos.get("acme", missing)).isEmpty();
        assertThat(fetched).hasValue(2);
    }

    @Test
    void oneThatCanNotBeHadIsAskedForNowAndThen() {
        assertThat(logos.get("acme", missing)).isEmpty();
        pass(Logos.MISSING_FOR.minusSeconds(1));
        assertThat(logos.get("acme", found)).isEmpty();
        assertThat(fetched).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThat(logos.get("acme", found)).isEqualTo(logo);
    }

    @Test
    void whileItIsFetchedOthersAreToldThatThereIsNone() {
        assertThat(logos.get("acme", () -> {
                    assertThat(logos.get("acme", found)).isEmpty();
                    return logo;
                }))
                .isEqualTo(logo);
        assertThat(fetched).hasValue(0);
        assertThat(logos.get("acme", missing)).isEqualTo(logo);
    }

    @Test
    void fewAreFetchedAtATimeAndTheOthersNotHeldAgainstTheirClients() {
        assertThat(nested(Logos.MAX_AT_ONCE)).isEmpty();
        assertThat(logos.get("0", found)).isEqualTo(logo);
        assertThat(fetched).hasValue(1);
    }

    @Test
    void aFetchThatFailsGivesItsPlaceBack() {
        for (int times = 0; times <= Logos.MAX_AT_ONCE; times++) {
            try {
                logos.get("broken " + times, () -> {
                    throw new IllegalStateException();
                });
            } catch (IllegalStateException expected) {
                continue;
            }
        }
        assertThat(logos.get("acme", found)).isEqualTo(logo);
    }

    @Test
    void noMoreAreKeptThanANumber() {
        for (int client = 0; client <= Logos.MAX_KEPT; client++) {
            logos.get("client " + client, found);
        }
        fetched.set(0);

        logos.get("client " + Logos.MAX_KEPT, found);
        assertThat(fetched).hasValue(0);
        logos.get("client 0", found);
        assertThat(fetched).hasValue(1);
    }

    /** Fetches one within another's fetch, so deep. */
    private Optional<Logo> nested(int depth) {
        return logos.get(String.valueOf(depth), depth == 0 ? found : () -> nested(depth - 1));
    }

    private Supplier<Optional<Logo>> fetching(Optional<Logo> result) {
        return () -> {
            fetched.incrementAndGet();
            return result;
        };
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
