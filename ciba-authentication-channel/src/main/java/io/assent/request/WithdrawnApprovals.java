package io.assent.request;

import io.assent.consent.Actor;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentStatus;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import org.keycloak.models.KeycloakSession;

/**
 * Lets a consent that is taken back take along what was granted and not fetched yet: else the client would have it
 * again with its next poll.
 */
record WithdrawnApprovals(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Ended ended && isTakenBack(ended)) {
            ConsentRequests.of(session)
                    .withdraw(
                            ended.consent().parties(),
                            ended.consent().names(),
                            ended.consent().details());
        }
        if (event instanceof Narrowed narrowed) {
            ConsentRequests.of(session).withdraw(narrowed.consent().parties(), narrowed.takenBack());
        }
    }

    private static boolean isTakenBack(Ended ended) {
        return ended.consent().status() == ConsentStatus.REVOKED && ended.by() != Actor.SYSTEM;
    }
}
