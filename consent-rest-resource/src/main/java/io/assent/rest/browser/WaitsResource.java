package io.assent.rest.browser;

import io.assent.browser.BrowserCookie;
import io.assent.browser.LinkUris;
import io.assent.link.Link;
import io.assent.link.Link.State;
import io.assent.link.Links;
import io.assent.link.Opened;
import io.assent.qr.QrCode;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A page that waits for its link to change. What it is told is for what it shows: before the login goes on, the server
 * looks again.
 *
 * <p>Anybody may call without a token, so there is no body: it would hold a thread until it is there. What the page
 * knows is in headers, which the server has before a thread sees the call, and which no other site's page can send.
 */
public class WaitsResource {

    /** Proxies that are set up for web sites wait for half a minute or more. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** Less, by chance, so that pages that all came at once, after a node went, do not all ask again at once. */
    private static final Duration SPREAD = Duration.ofSeconds(5);

    /** So that a page whose clock and this one disagree does not ask again and again. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** For a page that can't wait here. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final String WATCH_HEADER = "Assent-Watch";
    private static final String STATE_HEADER = "Assent-State";
    private static final String LINK_HEADER = "Assent-Link";

    private static final TextRule STATE = new TextRule(10, Pattern.compile("[a-z]+"));
    private static final TextRule LINK = new TextRule(QrCode.MAX_LENGTH, Pattern.compile("[\\x21-\\x7E]+"));

    private final KeycloakSession session;
    private final RealmModel realm;
    private final WaitsFactory factory;

    public WaitsResource(KeycloakSession session) {
        this.session = session;
        realm = session.getContext().getRealm();
        factory = WaitsFactory.of(session);
    }

    /**
     * The server commits and closes the session when this returns, so that a page that waits holds none; and it cancels
     * what is returned when the page goes.
     */
    @POST
    public CompletionStage<Response> await() {
        String watch = header(WATCH_HEADER, TextRule.NONCE)
                .orElseThrow(() -> Problem.malformedRequest("The header " + WATCH_HEADER + " is missing.")
                        .toException());
        Optional<String> state = header(STATE_HEADER, STATE);
        Optional<String> shown = header(LINK_HEADER, LINK);

        Opened opened = BrowserCookie.of(session)
                .find()
                .flatMap(browser -> Links.of(session).watch(realm.getId(), watch, browser))
                .orElseThrow(WaitsResource::unknown);
        factory.calls().refuseExcess(opened.link().id(), () -> {});
        Instant now = ServerTime.now();
        Seen seen = new Seen(opened.link().state(now), opened.link().expiresAt());
        Optional<String> other = opened.secret()
                .map(secret -> LinkUris.of(session).link(secret).toString())
                .filter(url -> !shown.equals(Optional.of(url)));
        // a page can be made in the very moment of the answer: it shows a login that waits for nothing any more
        boolean waits = seen.state().waitsForApp()
                && state.equals(Optional.of(seen.state().word()));
        if (other.isPresent() || !waits) {
            return CompletableFuture.completedFuture(Responses.ok(WaitAnswer.of(seen, other, this::draw)));
        }
        CompletableFuture<Seen> held = factory.waits()
                .hold(opened.link().id(), seen, time(opened.link(), seen.state(), now))
                .orElseThrow(() -> Problem.serverBusy("Too many pages wait here. Ask again.")
                        .toException(RETRY));
        CompletableFuture<Response> answer = held.thenApply(later -> Responses.ok(WaitAnswer.of(later)));
        answer.whenComplete((any, gone) -> held.cancel(false));
        return answer;
    }

    private Optional<String> header(String name, TextRule rule) {
        Optional<String> sent = Optional.ofNullable(
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(name));
        sent.filter(text -> !rule.allows(text)).ifPresent(text -> {
            throw Problem.malformedRequest("The header " + name + " " + rule.inWords() + ".")
                    .toException();
        });
        return sent;
    }

    /** Until the link needs another secret, or its time is over. */
    private static Duration time(Link link, State state, Instant now) {
        Instant until =
                now.plus(LONGEST).minusMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis()));
        if (state == State.OPEN) {
            Instant renewal = link.renewedAt().plus(Links.RENEWED_AFTER);
            until = renewal.isBefore(until) ? renewal : until;
        }
        until = link.expiresAt().isBefore(until) ? link.expiresAt() : until;
        Duration time = Duration.between(now, until);
        return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }

    private String draw(String url) {
        Texts texts = Texts.of(session, realm, session.getContext().resolveLocale(null));
        return QrCode.find(url, texts.expect("consent.link.qr").orElse(url)).orElse(null);
    }

    /** The same for a watch that nobody has, and for one of another browser. */
    private static RuntimeException unknown() {
        return Problem.notFound("This browser has no page that waits by this value.")
                .toException();
    }
}
