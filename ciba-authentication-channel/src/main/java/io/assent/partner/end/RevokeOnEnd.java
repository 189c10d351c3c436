package io.assent.partner.end;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerEvent;
import io.assent.partner.Partners;
import io.assent.partner.provider.PartnerTokens;
import io.assent.partner.revocation.Revocations;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Breaks the link with a partner when the bank is to see nothing any more, and has the token revoked. */
final class RevokeOnEnd implements AssentEventListener {

    private final KeycloakSession session;

    RevokeOnEnd(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        // one that was replaced has left its link to the other
        if (event instanceof PartnerEvent.Ended ended && ended.access().end().by() != Ender.REPLACED) {
            end(ended.access());
        }
    }

    private void end(PartnerAccess access) {
        RealmModel realm = session.realms().getRealm(access.parties().realmId());
        PartnerTokens tokens = new PartnerTokens(session, realm);
        UserModel user = session.users().getUserById(realm, access.parties().userId());
        if (user != null && !isLinkedAnew(access)) {
            tokens.revocable(user, access.alias())
                    .ifPresent(token -> Revocations.add(session, PartnerTokens.origin(access), token));
            tokens.unlink(user, access.alias());
        }
    }

    /** Whether the link is that of an access that was connected after this one ended, and before anybody was told. */
    private boolean isLinkedAnew(PartnerAccess access) {
        return Partners.of(session).connected(access.parties().customer(), access.alias()).stream()
                .anyMatch(other -> other.connectedAt().isAfter(access.end().at()));
    }
}
