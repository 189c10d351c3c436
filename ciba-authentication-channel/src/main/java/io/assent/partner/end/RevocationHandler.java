package io.assent.partner.end;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.partner.provider.PartnerTokens;
import io.assent.partner.revocation.Origin;
import io.assent.partner.revocation.Revocable;
import io.assent.partner.revocation.RevocationEntity;
import io.assent.partner.revocation.RevocationStore;
import io.assent.partner.revocation.Revocations;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Has a partner revoke a token. */
final class RevocationHandler implements DeliveryHandler {

    private final KeycloakSession session;

    RevocationHandler(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        Optional<RevocationEntity> revocation = RevocationStore.of(session).find(delivery.target());
        if (revocation.isEmpty()) {
            return new Preparation.Obsolete("the partner was told, or its time is over");
        }
        String id = revocation.get().id();
        Origin origin = revocation.get().origin(delivery.parties());
        Revocable token = revocation.get().token();
        // never by the alias: another company's identity provider may have it by now
        return revocation
                .get()
                .providerId()
                .flatMap(new PartnerTokens(session, realm)::provider)
                .<Preparation>map(provider -> new Preparation.Ready(new RevocationAttempt(
                        "partner '%s' of realm '%s'".formatted(origin.alias(), realm.getName()),
                        provider.revocation(token),
                        after -> {
                            RevocationStore.of(after).remove(id);
                            token.next().ifPresent(next -> Revocations.add(after, origin, next));
                        })))
                .orElseGet(() -> new Preparation.Obsolete("the identity provider is gone"));
    }
}
