package io.assent.doctor;

import io.assent.detail.DetailTypes;
import io.assent.permission.CarriedRoles;
import io.assent.permission.PermissionCatalogue;
import io.assent.personal.PersonalClient;
import io.assent.request.ConsentApp;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.SubMapper;

/**
 * How one client is set up.
 *
 * @param mayAsk whether it may ask customers: by CIBA, or since it needs consent
 * @param ciba whether it may ask by CIBA
 * @param managementRoles whether it may ask customers or has permissions, and its tokens could carry roles of the
 *     account or of the realm's management; of any other client nobody looks
 * @param details whether it may ask by authorization details
 * @param personal whether it may ask for a customer's own token, and is not the client that the realm names for it
 * @param subject whether its access tokens say who the customer is, where it gets any
 * @param scopes the names of the client scopes that it has, as Default or Optional
 */
record ClientFacts(
        String clientId,
        boolean enabled,
        boolean mayAsk,
        boolean ciba,
        boolean consentRequired,
        boolean fullScope,
        boolean managementRoles,
        boolean details,
        boolean personal,
        boolean subject,
        Set<String> scopes) {

    ClientFacts {
        scopes = Set.copyOf(scopes);
    }

    static ClientFacts of(RealmModel realm, ClientModel client) {
        Set<String> scopes = new HashSet<>(client.getClientScopes(true).keySet());
        scopes.addAll(client.getClientScopes(false).keySet());
        return new ClientFacts(
                client.getClientId(),
                client.isEnabled(),
                ConsentApp.isAsker(realm, client),
                realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client),
                client.isConsentRequired(),
                client.isFullScopeAllowed(),
                asks(realm, client) && CarriedRoles.haveManagement(realm, CarriedRoles.inReach(client)),
                !DetailTypes.allowed(client).isEmpty(),
                PersonalClient.isAnother(realm, client),
                hasSubject(client),
                scopes);
    }

    private static boolean asks(RealmModel realm, ClientModel client) {
        return ConsentApp.isAsker(realm, client)
                || PermissionCatalogue.assigned(client).anyMatch(PermissionCatalogue::isOfTheBank);
    }

    /** By whichever scope: a bank may have another one than Keycloak's {@code basic}. */
    private static boolean hasSubject(ClientModel client) {
        return !OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol())
                || Stream.concat(Stream.of(client), client.getClientScopes(true).values().stream())
                        .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                        .map(ProtocolMapperModel::getProtocolMapper)
                        .anyMatch(SubMapper.PROVIDER_ID::equals);
    }

    /** Whether it could be the bank's app. */
    boolean isApp() {
        return enabled && !mayAsk && scopes.contains(ConsentApp.SCOPE);
    }
}
