package io.assent.link;

import io.assent.server.AssentEvent;
import io.assent.server.Parties;
import java.util.Objects;

/** What happens to a link. Told by {@link Links}, within the transaction in which it happens. */
public sealed interface LinkEvent extends AssentEvent {

    String linkId();

    /** A browser shows a link. */
    record Opened(String realmId, String clientId, String linkId) implements LinkEvent {}

    /** A phone scanned it, or opened it. */
    record Claimed(Parties parties, String linkId, String sessionId) implements LinkEvent {}

    /** It stands otherwise than before: answered, shown to be the customer's browser's, or over. */
    record Moved(String realmId, String linkId) implements LinkEvent {}

    /** Somebody guesses, so that the link is worth nothing any more. */
    record Suspected(Parties parties, String linkId, String requestId, Why why) implements LinkEvent {
        public Suspected {
            Objects.requireNonNull(parties);
            Objects.requireNonNull(linkId);
            Objects.requireNonNull(requestId);
            Objects.requireNonNull(why);
        }
    }

    /** What was guessed. */
    enum Why {
        /** In the app: the number that the page shows. */
        NUMBER,
        /** In the browser: the digits that the app shows. */
        DIGITS
    }
}
