package io.assent.amendment;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent;
import io.assent.permission.change.ChangedPermissions;
import io.assent.request.ConsentRequestEvent.AmendmentApproved;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Adds a yes to an amendment to its consent at once, and withdraws amendments that a changed consent makes pointless.
 */
record AmendmentListener(KeycloakSession session) implements AssentEventListener {

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof AmendmentApproved approved) {
            RealmModel realm =
                    session.realms().getRealm(approved.request().parties().realmId());
            Amendments.of(session).grant(realm, approved.request());
        } else if (event instanceof ConsentEvent changed && changesWhatIsAsked(changed)) {
            Consent consent = changed.consent();
            RealmModel realm = session.realms().getRealm(consent.parties().realmId());
            if (realm != null && !ChangedPermissions.of(realm).current().isEmpty()) {
                Amendments.of(session).settle(realm, consent.parties());
            }
        }
    }

    private static boolean changesWhatIsAsked(ConsentEvent event) {
        return event instanceof ConsentEvent.Ended
                || event instanceof ConsentEvent.Narrowed
                || event instanceof ConsentEvent.Changed
                || event instanceof ConsentEvent.Granted;
    }
}
