package io.assent.sandbox.unattended;

import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.sandbox.Sandbox;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.ServerTime;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Leaves the answer of a client's script to the outbox, in the transaction of the question. */
record ScriptListener(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        RealmModel realm = session.getContext().getRealm();
        if (event instanceof Asked asked && asked.request().journey().is(Journey.CIBA) && Sandbox.enabledIn(realm)) {
            new ScriptedRequests(session, realm).rule(asked.request()).ifPresent(rule -> leave(asked.request(), rule));
        }
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
