package io.assent.upgrade;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStore;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;

/** What one customer granted before there were consents becomes consents, in the session's transaction. */
final class CustomerImport {

    /** What was asked before the newest so many is not looked at: the customer is asked again. */
    private static final int MAX_REQUESTS = 1_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Consents consents;

    CustomerImport(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.consents = Consents.of(session);
    }

    /** @return how many consents came of it */
    int run(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return 0;
        }
        return (int) session
                .getProvider(ConsentRequestStore.class)
                .list(Customer.of(realm, user), Filter.ALL, Optional.empty(), MAX_REQUESTS)
                .stream()
                .collect(Collectors.groupingBy(request -> request.parties().clientId()))
                .entrySet()
                .stream()
                .map(asked -> ofClient(user, realm.getClientById(asked.getKey()), asked.getValue()))
                .flatMap(Optional::stream)
                .count();
    }

    private Optional<Consent> ofClient(UserModel user, ClientModel client, List<ConsentRequest> requests) {
        if (client == null || !ConsentApp.isAsker(realm, client)) {
            return Optional.empty();
        }
        UserConsentModel stored = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        return stored == null
                ? Optional.empty()
                : Backing.of(permissions(stored), requests)
                        .flatMap(backing -> consents.carryOver(
                                Parties.of(realm, client, user),
                                backing.requestId(),
                                backing.permissions(),
                                backing.since()));
    }

    private static List<GrantedPermission> permissions(UserConsentModel stored) {
        return stored.getGrantedClientScopes().stream()
                // what is asked for each time is granted by nothing that is kept
                .filter(scope -> scope.isDisplayOnConsentScreen() && !PermissionCatalogue.isOneTime(scope))
                .map(scope -> new GrantedPermission(scope.getId(), scope.getName()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }
}
