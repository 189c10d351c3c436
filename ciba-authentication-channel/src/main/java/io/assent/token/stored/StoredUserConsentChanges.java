package io.assent.token.stored;

import io.assent.consent.Actor;
import io.assent.consent.Consents;
import io.assent.request.ConsentRequests;
import io.assent.server.EventDetails;
import java.util.Map;
import java.util.Optional;
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
import org.keycloak.models.KeycloakSession;

/**
 * Notices what others change of Keycloak's {@code USER_CONSENT}: the account console and API, the admin console and
 * API. What they take away is taken back from the consents, in the same transaction; what they add grants nothing. Who
 * removes a client's access ends all that it was granted, also what that record does not know.
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
                && !details.containsKey(EventDetails.EVENT)
                // the end of one refresh token (RFC 7009), which its client asks for and of which events say the same
                && !details.containsKey(Details.REFRESH_TOKEN_ID)) {
            String client = details.getOrDefault(Details.REVOKED_CLIENT, details.get(Details.GRANTED_CLIENT));
            Optional<PartyModels> parties = PartyModels.find(session, event.getRealmId(), client, event.getUserId());
            if (details.containsKey(Details.REVOKED_CLIENT)) {
                parties.ifPresent(both -> takeBackAll(both, Actor.CUSTOMER));
            } else {
                parties.ifPresent(both -> takeBackWhatIsMissing(both, Actor.CUSTOMER));
            }
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Matcher path = ADMINS.matcher(String.valueOf(event.getResourcePath()));
        if (event.getError() == null && event.getOperationType() == OperationType.ACTION && path.matches()) {
            PartyModels.find(session, event.getRealmId(), path.group(2), path.group(1))
                    .ifPresent(both -> takeBackAll(both, Actor.STAFF));
        }
    }

    private void takeBackAll(PartyModels parties, Actor by) {
        Consents consents = Consents.of(session);
        consents.lock(parties.parties());
        ConsentRequests.of(session).withdrawAll(parties.parties());
        consents.withdrawAll(parties.parties(), by);
    }

    /** By ids, and not where the client scope is gone: of that the record has nothing, whoever changed it. */
    private void takeBackWhatIsMissing(PartyModels parties, Actor by) {
        Consents consents = Consents.of(session);
        consents.lock(parties.parties());
        Consents.SettledScopes settled = consents.settledScopes(parties.parties());
        Set<String> left = parties.stored(session, settled).orElse(Set.of());
        Set<String> missing = settled.granted().stream()
                .filter(id -> !left.contains(id) && parties.realm().getClientScopeById(id) != null)
                .collect(Collectors.toSet());
        consents.takeBackScopes(parties.parties(), missing, by);
    }

    @Override
    public void close() {}
}
