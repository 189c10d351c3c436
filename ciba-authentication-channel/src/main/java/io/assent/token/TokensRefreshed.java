package io.assent.token;

import io.assent.consent.Consent;
import io.assent.server.AssentEvent;
import java.util.Objects;

/**
 * A client's tokens of a consent were refreshed: they are issued with this transaction, or not at all.
 *
 * @param startedAt when the pack was asked to, by {@link System#nanoTime}
 */
public record TokensRefreshed(Consent consent, long startedAt) implements AssentEvent {
    public TokensRefreshed {
        Objects.requireNonNull(consent);
    }
}
