package io.assent.screen.link;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The answer that a customer gave in the bank's app to log in, kept for what the login is to ask. */
public final class AppAnswer {

    /** Goes with the login: one that is started anew has none. */
    private static final String REQUEST = "assent.link.request";

    private AppAnswer() {}

    /** Keeps it for the rest of the login. */
    public static void keep(AuthenticationSessionModel authSession, ConsentRequest answered) {
        authSession.setAuthNote(REQUEST, answered.id());
    }

    /**
     * The request that this customer approved, if that still stands: nobody takes it back until this transaction ends.
     * Whether it asks what is open is to be looked at.
     */
    public static Optional<ConsentRequest> hold(
            AuthenticationSessionModel authSession, ConsentRequests requests, Parties parties) {
        return Optional.ofNullable(authSession.getAuthNote(REQUEST))
                .flatMap(id -> requests.hold(parties, id))
                .filter(AppAnswer::stands);
    }

    /** Whether it was approved, and nothing happened since. */
    public static boolean stands(ConsentRequest request) {
        return request.status() == ConsentRequestStatus.APPROVED && !request.lapsed(ServerTime.now());
    }
}
