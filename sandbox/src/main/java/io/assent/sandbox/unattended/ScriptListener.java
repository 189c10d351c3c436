package io.assent.sandbox.unattended;

import io.assent.ciba.ping.PingStore;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.sandbox.Sandbox;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Leaves the answer of a client's script to the outbox, in the transaction of the question; and has a ping never
 * arrive, in the transaction of the answer.
 */
record ScriptListener(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        RealmModel realm = session.getContext().getRealm();
        if (event instanceof Asked asked && isScripted(asked.request(), realm)) {
            rule(asked.request(), realm).ifPresent(rule -> leave(asked.request(), rule));
        } else if (event instanceof Decided decided && isScripted(decided.request(), realm)) {
            rule(decided.request(), realm).filter(Rule::losesPing).ifPresent(rule -> losePing(decided.request()));
        }
    }

    private static boolean isScripted(ConsentRequest request, RealmModel realm) {
        return request.journey().is(Journey.CIBA) && Sandbox.enabledIn(realm);
    }

    private Optional<Rule> rule(ConsentRequest request, RealmModel realm) {
        return new ScriptedRequests(session, realm).rule(request);
    }

    /** Without what it would carry none is sent. */
    private void losePing(ConsentRequest request) {
        PingStore.of(session).remove(request.id());
    }

    private void leave(ConsentRequest request, Rule rule) {
        Instant due = ServerTime.now().plus(rule.after());
        if (rule.answer().isEmpty() || !due.isBefore(request.expiresAt())) {
            return;
        }
        Outbox outbox = session.getProvider(Outbox.class);
        Delivery answer = new Delivery(
                ScriptHandlerFactory.KIND,
                request.parties(),
                request.id(),
                request.parties().clientId(),
                request.expiresAt());
        if (rule.after().isZero()) {
            outbox.enqueue(answer);
        } else {
            outbox.enqueue(answer, due);
        }
    }
}
