package io.assent.handoff;

import io.assent.link.LinkEvent;
import io.assent.link.LinkEvent.Why;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.Expired;
import io.assent.request.ConsentRequestEvent.Withdrawn;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.function.Supplier;

/**
 * Lets a link know what became of its request, and a request what became of its link.
 *
 * @param handoff made where it is needed: most that happens is about no link
 */
record AnsweredLinks(Supplier<Handoff> handoff) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Decided decided && isOfALink(decided.request())) {
            handoff.get().answered(decided.request());
        } else if (event instanceof Withdrawn withdrawn && isOfALink(withdrawn.request())) {
            handoff.get().withdrawn(withdrawn.request());
        } else if (event instanceof Expired expired && isOfALink(expired.request())) {
            handoff.get().expired(expired.request());
        } else if (event instanceof LinkEvent.Suspected suspected && suspected.why() == Why.DIGITS) {
            handoff.get().suspected(suspected.parties().realmId(), suspected.requestId());
        }
    }

    private static boolean isOfALink(ConsentRequest request) {
        return request.journey().is(Journey.APP_LINK);
    }
}
