package io.assent.token;

import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The request whose tokens this server call issues. It is redeemed before its user session is made, and its consent is
 * stored after: both in one transaction.
 */
record RedeemedRequest(KeycloakSession session) implements AssentEventListener {

    private static final String ATTRIBUTE = RedeemedRequest.class.getName();

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Redeemed redeemed && redeemed.request().journey().is(Journey.CIBA)) {
            session.setAttribute(ATTRIBUTE, redeemed);
        } else if (event instanceof RedeemedAgain again) {
            session.setAttribute(ATTRIBUTE, again);
        }
    }

    /** Takes the redemption: one gives rise to one consent, or to other tokens of that. */
    static Optional<ConsentRequestEvent> takeFrom(KeycloakSession session) {
        Optional<ConsentRequestEvent> redemption =
                Optional.ofNullable(session.getAttribute(ATTRIBUTE, ConsentRequestEvent.class));
        session.removeAttribute(ATTRIBUTE);
        return redemption;
    }
}
