package io.assent.token;

import io.assent.consent.Actor;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.server.EventDetails;
import io.assent.server.Parties;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;

/**
 * Notices what others change of Keycloak's {@code USER_CONSENT}: the account console and API, the admin console and
 * API. What they take away is taken back from the consents, in the same transaction; what they add grants nothing.
 */
final class StoredUserConsentChanges implements EventListenerProvider {

    private static final Set<EventType> OF_CONSENTS =
            Set.of(EventType.REVOKE_GRANT, EventType.GRANT_CONSENT, EventType.UPDATE_CONSENT);

    private static final Pattern ADMINS = Pattern.compile("users/([^/]+)/consents/(.+)");

    private final KeycloakSession session;

    StoredUserConsentChanges(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        if (OF_CONSENTS.contains(event.getType())
                && event.getError() == null
                && event.getUserId() != null
                && !details.containsKey(EventDetails.EVENT)) {
            String client = details.getOrDefault(Details.REVOKED_CLIENT, details.get(Details.GRANTED_CLIENT));
            compare(event.getRealmId(), event.getUserId(), client, Actor.CUSTOMER);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Matcher path = ADMINS.matcher(String.valueOf(event.getResourcePath()));
        if (event.getError() == null && event.getOperationType() == OperationType.ACTION && path.matches()) {
            compare(event.getRealmId(), path.group(1), path.group(2), Actor.STAFF);
        }
    }

    private void compare(String realmId, String userId, String clientId, Actor by) {
        RealmModel realm = session.realms().getRealm(realmId);
        ClientModel client = realm == null || clientId == null ? null : realm.getClientByClientId(clientId);
        UserModel user = client == null ? null : session.users().getUserById(realm, userId);
        if (user != null) {
            takeBackWhatIsMissing(realm, client, user, by);
        }
    }

    private void takeBackWhatIsMissing(RealmModel realm, ClientModel client, UserModel user, Actor by) {
        UserConsentModel stored = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        Set<String> left = stored == null
                ? Set.of()
                : stored.getGrantedClientScopes().stream()
                        .map(ClientScopeModel::getId)
                        .collect(Collectors.toSet());
        Consents consents = Consents.of(session);
        Parties parties = Parties.of(realm, client, user);
        Set<String> missing = consents.standingConsents(parties).stream()
                .flatMap(consent -> consent.permissions().stream())
                .filter(permission -> !left.contains(permission.scopeId()))
                .filter(permission -> isKeptThere(realm, permission))
                .map(GrantedPermission::name)
                .collect(Collectors.toSet());
        consents.takeBack(parties, missing, by);
    }

    /** What is asked for each time is never there. */
    private static boolean isKeptThere(RealmModel realm, GrantedPermission permission) {
        ClientScopeModel scope = realm.getClientScopeById(permission.scopeId());
        return scope == null || !scope.isAlwaysConsent();
    }

    @Override
    public void close() {}
}
