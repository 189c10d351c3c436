package io.assent.monitoring.metrics;

import io.assent.call.CallRefused;
import io.assent.consent.Actor;
import io.assent.consent.ConsentEvent;
import io.assent.monitoring.metrics.Meters.Source;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestEvent.AskRefused;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.DecisionRefused;
import io.assent.request.ConsentRequestEvent.Expired;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.Reported;
import io.assent.request.ConsentRequestEvent.Withdrawn;
import io.assent.server.AfterCommit;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.ServerTime;
import io.assent.token.TokensRefreshed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * Counts what happens to requests and consents: once its transaction is committed, and never what was rolled back. What
 * was refused is counted at once, since such a transaction is rolled back.
 */
final class EventMeters implements AssentEventListener {

    private final KeycloakSession session;
    private final Meters meters;
    private final Sources sources;

    EventMeters(KeycloakSession session, Meters meters, Sources sources) {
        this.session = session;
        this.meters = meters;
        this.sources = sources;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Asked asked) {
            count(asked.request(), "asked");
        } else if (event instanceof Opened opened) {
            time(opened.request(), "opened");
        } else if (event instanceof Decided decided) {
            time(decided.request(), answer(decided.request()));
        } else if (event instanceof Reported reported) {
            count(reported.request(), "reported");
        } else if (event instanceof Expired expired) {
            count(expired.request(), "expired");
        } else if (event instanceof Withdrawn withdrawn) {
            count(withdrawn.request(), "withdrawn");
        } else if (event instanceof Redeemed redeemed) {
            time(redeemed.request(), "redeemed");
        } else if (event instanceof AskRefused refused) {
            sources.of(session, refused.parties().realmId(), refused.parties().clientId())
                    .ifPresent(source ->
                            meters.questionRefused(source, refused.journey().name(), tag(refused.reason())));
        } else if (event instanceof DecisionRefused refused) {
            sources.of(session, refused.customer().realmId(), refused.clientId())
                    .ifPresent(source -> meters.answerRefused(source, tag(refused.reason())));
        } else if (event instanceof CallRefused refused) {
            sources.of(session, refused.realmId(), refused.clientId().orElse(null))
                    .ifPresent(source -> meters.callRefused(source, refused.problem()));
        } else if (event instanceof TokensRefreshed refreshed) {
            time(refreshed);
        } else if (event instanceof ConsentEvent ofConsent) {
            count(ofConsent);
        }
    }

    private static String answer(ConsentRequest request) {
        if (!request.decision().approved()) {
            return "denied";
        }
        boolean whole =
                request.decision().granted().containsAll(request.permissions().asked());
        return whole ? "approved" : "approved-in-part";
    }

    private void count(ConsentEvent event) {
        if (event instanceof ConsentEvent.Granted) {
            count(event, "granted", Actor.CUSTOMER);
        } else if (event instanceof ConsentEvent.Confirmed confirmed) {
            count(event, "confirmed", confirmed.by());
        } else if (event instanceof ConsentEvent.Narrowed narrowed) {
            count(event, "narrowed", narrowed.by());
        } else if (event instanceof ConsentEvent.Changed) {
            count(event, "changed", Actor.SYSTEM);
        } else if (event instanceof ConsentEvent.Suspended) {
            count(event, "suspended", Actor.SYSTEM);
        } else if (event instanceof ConsentEvent.Ended ended) {
            count(event, "ended", ended.by());
        }
    }

    private void count(ConsentEvent event, String step, Actor by) {
        String realmId = event.consent().parties().realmId();
        String clientId = event.consent().parties().clientId();
        afterCommit(realmId, clientId, source -> meters.consent(source, step, tag(by)));
    }

    private void count(ConsentRequest request, String step) {
        afterCommit(
                request.parties().realmId(),
                request.parties().clientId(),
                source -> meters.request(source, request.journey().name(), step));
    }

    private void time(ConsentRequest request, String step) {
        Duration since = Duration.between(request.createdAt(), ServerTime.now());
        String journey = request.journey().name();
        afterCommit(request.parties().realmId(), request.parties().clientId(), source -> {
            meters.request(source, journey, step);
            meters.requestTime(source, journey, step, since);
        });
    }

    /** What the commit takes is part of what the client waits for. */
    private void time(TokensRefreshed refreshed) {
        afterCommit(
                refreshed.consent().parties().realmId(),
                refreshed.consent().parties().clientId(),
                source -> meters.refresh(source, Duration.ofNanos(System.nanoTime() - refreshed.startedAt())));
    }

    private void afterCommit(String realmId, String clientId, Consumer<Source> count) {
        sources.of(session, realmId, clientId)
                .ifPresent(source -> new AfterCommit(session).run(List.of(source), count));
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
