package io.assent.rest.link;

import io.assent.browser.LinkUris;
import io.assent.link.Link;
import io.assent.link.Link.Proof;
import io.assent.link.Link.State;
import io.assent.link.Links;
import io.assent.link.Networks;
import io.assent.place.Places;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.rest.Caller;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The logins that wait for the answers to requests, as one caller is shown them. */
public final class LinkViews {

    private final KeycloakSession session;
    private final Caller caller;

    public LinkViews(KeycloakSession session, Caller caller) {
        this.session = session;
        this.caller = caller;
    }

    /** By the ids of the requests; without those that no login waits for, or whose login is no longer kept. */
    public Map<String, LinkView> of(List<ConsentRequest> requests, Texts texts) {
        List<String> ids = requests.stream()
                .map(ConsentRequest::journey)
                .filter(journey -> journey.is(Journey.APP_LINK))
                .map(Journey::reference)
                .toList();
        Map<String, Link> links = new HashMap<>();
        Links.of(session).all(caller.realm().getId(), ids).forEach(link -> links.put(link.id(), link));
        Map<String, LinkView> views = new HashMap<>();
        requests.forEach(
                request -> Optional.ofNullable(links.get(request.journey().reference()))
                        .filter(link -> request.id().equals(link.requestId()))
                        .ifPresent(link -> views.put(request.id(), view(request, link, texts))));
        return views;
    }

    private LinkView view(ConsentRequest request, Link link, Texts texts) {
        Instant now = ServerTime.now();
        boolean scanned = link.isClaimedBy(caller.user().getId(), caller.sessionId());
        Optional<Proof> proof = proof(request, link, now);
        return new LinkView(
                link.createdAt().toString(),
                link.origin().browser(),
                link.origin().system(),
                Places.of(session)
                        .find(link.origin().address(), Locale.forLanguageTag(texts.language()))
                        .orElse(null),
                Networks.of(session)
                        .isSame(
                                link.origin().address(),
                                session.getContext().getConnection().getRemoteHost())
                        .orElse(null),
                link.origin().domain(),
                scanned,
                !scanned && request.isPending(now),
                proof.filter(Proof::codeDemanded).map(Proof::digits).orElse(null),
                proof.filter(goesBack -> scanned)
                        .map(Proof::returnSecret)
                        .map(LinkUris.of(session)::back)
                        .map(URI::toString)
                        .orElse(null));
    }

    /** For the session that approved alone, as long as the login waits. */
    private Optional<Proof> proof(ConsentRequest request, Link link, Instant now) {
        State state = link.state(now);
        return state == State.APPROVED || state == State.CODE
                ? link.findProof().filter(proof -> approvedHere(request))
                : Optional.empty();
    }

    private boolean approvedHere(ConsentRequest request) {
        return caller.sessionId() != null
                && request.findDecision()
                        .filter(decision -> decision.approved()
                                && caller.sessionId().equals(decision.evidence().sessionId()))
                        .isPresent();
    }
}
