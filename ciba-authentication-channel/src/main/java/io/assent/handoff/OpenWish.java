package io.assent.handoff;

import io.assent.asking.SettledPermissions;
import io.assent.detail.Details;
import io.assent.link.Link;
import io.assent.link.Wish;
import io.assent.offswitch.OffSwitch;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest.Content;
import io.assent.server.Customer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds the part of a login's wish that its customer has not granted yet. Where there is none, the customer is asked
 * for the login alone.
 */
record OpenWish(KeycloakSession session) {

    private static final RequestedPermissions NOTHING = new RequestedPermissions(Set.of(), Set.of(), false, Map.of());

    Optional<Content> of(Link link, Customer customer) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(link.clientId());
        UserModel user = session.users().getUserById(realm, customer.userId());
        if (client == null || OffSwitch.of(client).isOff() || user == null) {
            return Optional.empty();
        }
        Wish wish = link.wish();
        SettledPermissions settled =
                new SettledPermissions(session, new PermissionCatalogue(session), realm, client, user);
        boolean asked = settled.needsConsent(wish.scope(), !wish.details().isEmpty());
        return Optional.of(new Content(
                wish.scope(),
                asked ? settled.open(wish.scope(), wish.asksAgain()) : NOTHING,
                asked ? wish.details() : Details.NONE,
                null,
                List.of()));
    }
}
