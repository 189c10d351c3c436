package io.assent.partner.provider;

import io.assent.partner.PartnerAccess;
import io.assent.partner.Partners;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Fetches a partner's token anew. While the partner is called no transaction is open and nobody waits: not who ends the
 * access either. A lease on the access keeps others from fetching it as well.
 */
public final class Refresh {

    /** For the call, and for what comes before and after it. */
    static final Duration LEASE = PartnerCall.LIMIT.multipliedBy(2);

    /** What the lease has to be good for when the partner is called. */
    private static final Duration NEEDED = PartnerCall.LIMIT.plusSeconds(5);

    private final KeycloakSessionFactory sessions;
    private final PartnerAccess access;
    private final Instant lease;
    private final PartnerToken before;
    private final PartnerCall call;

    /**
     * @param lease until when nobody else does it
     * @param before the token that is too old
     */
    Refresh(
            KeycloakSessionFactory sessions,
            PartnerAccess access,
            Instant lease,
            PartnerToken before,
            PartnerCall call) {
        this.sessions = sessions;
        this.access = access;
        this.lease = lease;
        this.before = before;
        this.call = call;
    }

    /** Who is called, of all realms. */
    public String partner() {
        return access.parties().realmId() + ' ' + access.providerId();
    }

    /** Calls the partner, which may take as long as {@link PartnerCall#LIMIT}, and keeps what it gave. */
    public TokenResult make() {
        Freshness answer = ask();
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> keep(own, answer));
    }

    private Freshness ask() {
        Instant now = ServerTime.now();
        // a refresh token that is sent twice may be the end of all
        return now.plus(NEEDED).isAfter(lease)
                ? new Freshness.Unavailable("its turn came too late")
                : Freshness.ask(call, before, now.getEpochSecond());
    }

    private TokenResult keep(KeycloakSession own, Freshness answer) {
        RealmModel realm = own.realms().getRealm(access.parties().realmId());
        if (realm == null) {
            return new TokenResult.Ended();
        }
        own.getContext().setRealm(realm);
        return new TokenUse(own, realm, Partners.of(own)).keep(access, lease, before, answer);
    }
}
