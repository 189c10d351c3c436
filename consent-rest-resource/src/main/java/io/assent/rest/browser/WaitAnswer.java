package io.assent.rest.browser;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a page that waits is told.
 *
 * @param state how its link stands
 * @param link to be shown in place of the one before, or {@code null}
 * @param qr the same as a picture (SVG), or {@code null}
 * @param secondsLeft how long the link waits from now on
 */
@JsonInclude
record WaitAnswer(String state, String link, String qr, long secondsLeft) {

    /** @param link that the page does not show yet */
    static WaitAnswer of(Seen seen, Optional<String> link, UnaryOperator<String> draw) {
        return new WaitAnswer(
                seen.state().word(),
                link.orElse(null),
                link.map(draw).orElse(null),
                Math.max(0, Duration.between(ServerTime.now(), seen.expiresAt()).toSeconds()));
    }

    static WaitAnswer of(Seen seen) {
        return of(seen, Optional.empty(), UnaryOperator.identity());
    }
}
