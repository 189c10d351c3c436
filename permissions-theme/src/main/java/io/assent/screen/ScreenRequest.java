package io.assent.screen;

import io.assent.request.AskResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The question on the screen, kept as a {@link ConsentRequest}: so its answer is taken once, however often the form is
 * sent, and is part of the customer's history.
 */
final class ScreenRequest {

    /** What the journey calls the request that is on the screen. */
    private static final String REFERENCE = "assent.consent.reference";

    private final AuthenticationSessionModel authSession;
    private final ConsentRequests requests;

    ScreenRequest(AuthenticationSessionModel authSession, ConsentRequests requests) {
        this.authSession = authSession;
        this.requests = requests;
    }

    /**
     * The request that is on the screen, if it asks for just this and there is time left. One from before answers were
     * signed has no challenge, and is asked anew.
     */
    Optional<ConsentRequest> current(OpenQuestion open) {
        return shown(open).filter(request -> request.challenge() != null && !request.lapsed(ServerTime.now()));
    }

    /**
     * What is answered by the form of this page: also a question that another tab's page took the place of meanwhile.
     * It is put anew, since it stood on this page in the same words.
     */
    Optional<ConsentRequest> answered(AuthorizationInProgress authorization, OpenQuestion open) {
        return current(open).or(() -> shown(open)
                .filter(request -> ServerTime.now().isBefore(request.createdAt().plus(timeToLive())))
                .flatMap(replaced -> ask(authorization, open)));
    }

    private Optional<ConsentRequest> shown(OpenQuestion open) {
        return Optional.ofNullable(authSession.getAuthNote(REFERENCE))
                .flatMap(reference -> requests.find(
                        authSession.getRealm().getId(),
                        authSession.getClient().getId(),
                        new Journey(Journey.REDIRECT, reference)))
                .filter(open::isThatOf);
    }

    /** As long as the server lets the page itself stand. */
    private Duration timeToLive() {
        return Duration.ofSeconds(authSession.getRealm().getAccessCodeLifespanUserAction());
    }

    /** A new request, which is the one on the screen from now on; none where the customer wants none of the client. */
    Optional<ConsentRequest> ask(AuthorizationInProgress authorization, OpenQuestion open) {
        AskResult result = requests.ask(
                Parties.of(authorization.realm(), authorization.client(), authorization.user()),
                new Journey(Journey.REDIRECT, UUID.randomUUID().toString()),
                new Content(authorization.scope(), open.permissions(), open.details(), null, List.of()),
                timeToLive());
        if (result instanceof AskResult.Asked asked) {
            authSession.setAuthNote(REFERENCE, asked.request().journey().reference());
            return Optional.of(asked.request());
        }
        return Optional.empty();
    }
}
