package io.assent.token.stored;

import io.assent.consent.Consents;
import io.assent.server.Parties;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.storage.StorageId;

/** The {@link Parties} of a consent as Keycloak knows them. */
public record PartyModels(RealmModel realm, ClientModel client, UserModel user) {

    /** Empty where one of them is gone. */
    public static Optional<PartyModels> find(KeycloakSession session, Parties parties) {
        RealmModel realm = session.realms().getRealm(parties.realmId());
        ClientModel client = realm == null ? null : realm.getClientById(parties.clientId());
        return find(session, realm, client, parties.userId());
    }

    /**
     * The same, by the OAuth {@code client_id}.
     *
     * @param clientId may be {@code null}, where there is none
     */
    static Optional<PartyModels> find(KeycloakSession session, String realmId, String clientId, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        ClientModel client = realm == null || clientId == null ? null : realm.getClientByClientId(clientId);
        return find(session, realm, client, userId);
    }

    private static Optional<PartyModels> find(
            KeycloakSession session, RealmModel realm, ClientModel client, String userId) {
        UserModel user = client == null ? null : session.users().getUserById(realm, userId);
        return user == null ? Optional.empty() : Optional.of(new PartyModels(realm, client, user));
    }

    Parties parties() {
        return Parties.of(realm, client, user);
    }

    /** What Keycloak's {@code USER_CONSENT} says. */
    Optional<UserConsentModel> storedConsent(KeycloakSession session) {
        return Optional.ofNullable(UserConsentManager.getConsentByClient(session, realm, user, client.getId()));
    }

    /**
     * The ids of the client scopes in that record, as the database has it: a cache may know what was there before
     * another transaction that was waited for.
     *
     * @param settled as it was found with the lock
     */
    Optional<Set<String>> stored(KeycloakSession session, Consents.SettledScopes settled) {
        return StorageId.isLocalStorage(user.getId())
                ? settled.stored()
                : storedConsent(session).map(PartyModels::ids);
    }

    static Set<String> ids(UserConsentModel consent) {
        return consent.getGrantedClientScopes().stream()
                .map(ClientScopeModel::getId)
                .collect(Collectors.toSet());
    }
}
