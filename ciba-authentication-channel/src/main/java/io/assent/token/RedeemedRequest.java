package io.assent.token;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Redeemed;
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
            session.setAttribute(ATTRIBUTE, redeemed.request());
        }
    }

    /** Takes the request: it gives rise to one consent. */
    static Optional<ConsentRequest> takeFrom(KeycloakSession session) {
        Optional<ConsentRequest> redeemed = Optional.ofNullable(session.getAttribute(ATTRIBUTE, ConsentRequest.class));
        session.removeAttribute(ATTRIBUTE);
        return redeemed;
    }
}
