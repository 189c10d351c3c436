package io.assent.schema;

import io.assent.partner.PartnerAccess;
import io.assent.partner.Partners;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/** Tells what the bank sees at partners no more since a client or an identity provider is gone: links go then. */
record TellEndedPartners() implements Housekeeping.Chore {

    /** Each is told of: to Keycloak's events, and to the partner by the outbox. */
    private static final int BATCH = 50;

    @Override
    public String name() {
        return "Told of ended access to partners";
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        Partners partners = Partners.of(session);
        List<PartnerAccess> untold = partners.untold(max);
        untold.forEach(access -> {
            // who hears of it looks things up in a realm
            session.getContext()
                    .setRealm(session.realms().getRealm(access.parties().realmId()));
            partners.tell(access);
        });
        return untold.size();
    }
}
