package io.assent.consent.jpa;

import io.assent.consent.ClientName;
import io.assent.consent.Consent;
import io.assent.consent.Term;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;

/** The row of a new consent, to be written. In SQL, as the row of a request is, and for the same reason. */
final class NewConsent {

    private static final String INSERT = "insert into {h-schema}CONSENT (ID, REALM_ID, CLIENT_ID, USER_ID, REQUEST_ID,"
            + " PERMISSIONS, SCOPE_IDS, CLAIMS, DETAILS, USER_SESSION_ID, OWN_SESSION, SLOT, KIND, STATUS, GRANTED_AT,"
            + " VALID_UNTIL, CONFIRMED_AT, CONFIRM_BY, REMIND_AT, LAST_USED_AT, VERSION, OAUTH_CLIENT_ID, CLIENT_NAME)"
            + " values (:id, :realm, :client, :user, :request, :names, :ids, :claims, :details, :session, :own, :slot,"
            + " :kind, :status, :granted, nullif(:until, 0), :confirmed, nullif(:confirm, 0), nullif(:remind, 0), nullif(:used, 0),"
            + " :version, :oauthClient, :name)";

    /**
     * What writes it.
     *
     * @param grantedTo what the client is called, or {@code null} where it is gone already
     */
    static SqlUpdate row(EntityManager em, Consent consent, ClientName grantedTo) {
        Term term = consent.term();
        return SqlUpdate.of(em, INSERT)
                .set("id", consent.id())
                .set("realm", consent.parties().realmId())
                .set("client", consent.parties().clientId())
                .set("user", consent.parties().userId())
                .set("request", consent.requestId())
                .set("names", ConsentEntity.names(consent.permissions()))
                .set("ids", ConsentEntity.scopeIds(consent.permissions()))
                .set("claims", consent.claims().findJson().orElse(null))
                .set("details", consent.details().findJson().orElse(null))
                .set("session", consent.session().userSessionId())
                .set("own", consent.session().own())
                .set("slot", ConsentEntity.slot(consent))
                .set("kind", consent.kind().name())
                .set("status", consent.status().name())
                .set("granted", term.grantedAt())
                .set("until", term.validUntil())
                .set("confirmed", term.confirmedAt())
                .set("confirm", term.confirmBy())
                .set("remind", term.remindAt())
                .set("used", consent.lastUsedAt())
                .set("version", consent.version())
                .set("oauthClient", grantedTo == null ? null : grantedTo.clientId())
                .set("name", grantedTo == null ? null : grantedTo.name());
    }

    private NewConsent() {}
}
