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
import org.keycloak.models.KeycloakSession;

/** Lets a link know what became of its request, and a request what became of its link. */
record AnsweredLinks(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Decided decided && isOfALink(decided.request())) {
            Handoff.of(session).answered(decided.request());
        } else if (event instanceof Withdrawn withdrawn && isOfALink(withdrawn.request())) {
            Handoff.of(session).withdrawn(withdrawn.request());
        } else if (event instanceof Expired expired && isOfALink(expired.request())) {
            Handoff.of(session).expired(expired.request());
        } else if (event instanceof LinkEvent.Suspected suspected && suspected.why() == Why.DIGITS) {
            Handoff.of(session).suspected(suspected.parties().realmId(), suspected.requestId());
        }
    }

    private static boolean isOfALink(ConsentRequest request) {
        return request.journey().is(Journey.APP_LINK);
    }
}
