package io.assent.link;

import io.assent.link.Link.State;
import io.assent.link.LinkEvent.Why;
import io.assent.server.Parties;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Counts the tries to go on with a link: of the page's number in the app, and of the app's digits on the page. A try is
 * counted before it is compared, so that of many at once no more count than may be; one too many, and the link is worth
 * nothing any more. One that was right is given back: what comes after it may fail, and the same is sent again then.
 */
final class Tries {

    /** How often somebody may be wrong, less one. */
    static final int MOST = 3;

    private final LinkStore store;
    private final InstantSource clock;
    private final Consumer<LinkEvent> events;

    Tries(LinkStore store, InstantSource clock, Consumer<LinkEvent> events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    NumberResult number(Link link, String userId, String sessionId, Optional<String> number) {
        if (sessionId != null && link.isClaimedBy(userId, sessionId)) {
            return new NumberResult.Right();
        }
        if (number.isEmpty()) {
            return new NumberResult.Missing();
        }
        OptionalInt tried = store.tryNumber(link, MOST);
        if (tried.isPresent() && Browser.isSame(link.number(), number.get())) {
            store.giveBackNumber(link);
            return new NumberResult.Right();
        }
        if (left(tried) > 0) {
            return new NumberResult.Wrong(left(tried));
        }
        suspect(link, Why.NUMBER);
        return new NumberResult.Suspected();
    }

    EnterResult digits(Link link, String digits) {
        State state = link.state(clock.instant());
        if (state == State.APPROVED) {
            return new EnterResult.Right();
        }
        if (state == State.DENIED && link.suspectedAt() != null) {
            return new EnterResult.Suspected();
        }
        if (state != State.CODE) {
            return new EnterResult.Over();
        }
        OptionalInt tried = store.tryDigits(link, MOST);
        if (tried.isPresent() && Browser.isSame(link.proof().digits(), digits)) {
            store.giveBackDigits(link);
            return enter(link);
        }
        if (left(tried) > 0) {
            return new EnterResult.Wrong(left(tried));
        }
        suspect(link, Why.DIGITS);
        return new EnterResult.Suspected();
    }

    private EnterResult enter(Link link) {
        if (!store.enter(link, clock.instant())) {
            return new EnterResult.Over();
        }
        moved(link);
        return new EnterResult.Right();
    }

    private static int left(OptionalInt tried) {
        return MOST - tried.orElse(MOST);
    }

    private void suspect(Link link, Why why) {
        if (store.suspect(link, clock.instant())) {
            events.accept(new LinkEvent.Suspected(
                    new Parties(link.realmId(), link.clientId(), link.userId()), link.id(), link.requestId(), why));
            moved(link);
        }
    }

    private void moved(Link link) {
        events.accept(new LinkEvent.Moved(link.realmId(), link.id()));
    }
}
