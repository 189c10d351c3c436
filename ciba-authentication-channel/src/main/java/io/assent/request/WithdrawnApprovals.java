package io.assent.request;

import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.Consent.Access;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentStatus;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import org.keycloak.models.KeycloakSession;

/**
 * Lets a consent that is taken back take along what was granted and not fetched yet: else the client would have it
 * again with its next poll. What a client gives back is no word of the customer's: what the customer granted since is
 * still to be fetched.
 */
record WithdrawnApprovals(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Ended ended && isTakenBack(ended)) {
            withdraw(ended.consent(), ended.consent().access());
        }
        if (event instanceof Narrowed narrowed) {
            withdraw(narrowed.consent(), narrowed.lost());
        }
    }

    private void withdraw(Consent consent, Access taken) {
        ConsentRequests.of(session).withdraw(consent.parties(), taken.names(), taken.claims(), taken.details());
    }

    private static boolean isTakenBack(Ended ended) {
        return ended.consent().status() == ConsentStatus.REVOKED
                && (ended.by() == Actor.CUSTOMER || ended.by() == Actor.STAFF);
    }
}
