package io.assent.sandbox.unattended;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.DecisionResult;
import io.assent.sandbox.Sandbox;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Answers a request by the client's script, in the transaction that concludes the delivery: once, whatever fails. */
record ScriptHandler(KeycloakSession session) implements DeliveryHandler {

    private static final Logger LOG = Logger.getLogger(ScriptHandler.class);

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        return find(session, delivery)
                .filter(request -> Sandbox.enabledIn(realm))
                .flatMap(new ScriptedRequests(session, realm)::rule)
                .flatMap(Rule::answer)
                .<Preparation>map(answer -> new Preparation.Ready(new Scripted(delivery, answer)))
                .orElseGet(() -> new Preparation.Obsolete("answered, or not in the script any more"));
    }

    private static Optional<ConsentRequest> find(KeycloakSession session, Delivery delivery) {
        return ConsentRequests.of(session)
                .find(delivery.parties().customer(), delivery.ownerId())
                .filter(request -> request.status() == ConsentRequestStatus.PENDING);
    }

    private record Scripted(Delivery delivery, Answer answer) implements Attempt {

        @Override
        public String peer() {
            return "script";
        }

        @Override
        public Sent send() {
            return new Sent(new DeliveryResult.Delivered(), Optional.of(this::answer));
        }

        private void answer(KeycloakSession session) {
            RealmModel realm = session.realms().getRealm(delivery.parties().realmId());
            session.getContext().setRealm(realm);
            find(session, delivery).ifPresent(request -> {
                DecisionResult result = new StandIn(session, realm).answer(request, answer);
                if (!answer.isIn(result)) {
                    LOG.warnf(
                            "The script of client %s can't answer request %s: %s. Change the script's rule.",
                            delivery.parties().clientId(),
                            request.id(),
                            result.getClass().getSimpleName());
                }
            });
        }
    }
}
