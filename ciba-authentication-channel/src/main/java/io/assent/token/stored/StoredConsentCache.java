package io.assent.token.stored;

import io.assent.consent.Consent;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.cache.UserCache;

/** Keycloak's own record as stock code is about to read it: by the server's cache. */
public final class StoredConsentCache {

    /**
     * Has the record read from the database, where the cache does not have what a consent grants: another transaction
     * wrote it, and the cache has not heard of that yet. Else the server would refuse a token that was granted.
     */
    public static void catchUp(KeycloakSession session, Consent consent) {
        UserCache cache = session.getProvider(UserCache.class);
        if (cache == null) {
            return;
        }
        PartyModels.find(session, consent.parties())
                .filter(models -> !stored(session, models).containsAll(granted(models, consent)))
                .ifPresent(models -> cache.evict(models.realm(), models.user()));
    }

    /** Without client scopes that are gone, of which nothing is stored. */
    private static Set<String> granted(PartyModels models, Consent consent) {
        return consent.scopeIds().stream()
                .filter(id -> models.realm().getClientScopeById(id) != null)
                .collect(Collectors.toSet());
    }

    private static Set<String> stored(KeycloakSession session, PartyModels models) {
        return models.storedConsent(session).stream()
                .flatMap(stored -> stored.getGrantedClientScopes().stream())
                .map(ClientScopeModel::getId)
                .collect(Collectors.toSet());
    }

    private StoredConsentCache() {}
}
