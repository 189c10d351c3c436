package io.assent.token;

import io.assent.consent.Consent;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.change.Change;
import io.assent.permission.change.Changes;
import io.assent.standin.StandIn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;

/**
 * A client as a consent sees it: without the permissions that are not granted. The server adds the client's present
 * default client scopes at each refresh, and a permission that the admin made one of them since would widen the token,
 * or make the server refuse it as a whole.
 */
final class GrantedClient extends ClientModelLazyDelegate {

    private final Set<String> granted;
    private final Set<String> names;
    private final Function<Change, Set<String>> amended;

    // each once, for as long as one refresh takes
    private final Map<Boolean, Map<String, ClientScopeModel>> assigned = new HashMap<>();
    private final Map<Boolean, Map<String, ClientScopeModel>> seen = new HashMap<>();
    private final Map<Change, Set<String>> answers = new HashMap<>();

    /** @param amended what the customer granted on top, when the bank asked about a change */
    GrantedClient(ClientModel client, Consent consent, Function<Change, Set<String>> amended) {
        super(() -> client);
        granted = consent.scopeIds();
        names = Set.copyOf(consent.names());
        this.amended = amended;
    }

    @Override
    public Map<String, ClientScopeModel> getClientScopes(boolean defaultScope) {
        return seen.computeIfAbsent(defaultScope, which -> assigned(which).entrySet().stream()
                .filter(one -> !isHidden(one.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private Map<String, ClientScopeModel> assigned(boolean defaultScope) {
        return assigned.computeIfAbsent(defaultScope, super::getClientScopes);
    }

    /**
     * Whether the client has permissions that the consent does not grant, by default or by the scope of a refresh
     * token: of an offline token the server takes all of that anew.
     */
    boolean isNarrowerThan(Set<String> scope) {
        return getClientScopes(true).size() < assigned(true).size()
                || granted(scope).size() < scope.size();
    }

    /** What of these names a token can have: no permission that is not granted; what is no client scope stays. */
    Set<String> granted(Set<String> names) {
        Set<String> hidden = new HashSet<>(assigned(true).keySet());
        hidden.addAll(assigned(false).keySet());
        hidden.removeAll(getClientScopes(true).keySet());
        hidden.removeAll(getClientScopes(false).keySet());
        Set<String> granted = new LinkedHashSet<>(names);
        granted.removeAll(hidden);
        return granted;
    }

    /**
     * By which names a token may have what it had, with what the customer granted on top when the bank asked. What
     * another login of the same consent asked for is not for this one.
     */
    Set<String> related(Changes changes, Set<String> had) {
        Set<String> related = changes.related(had);
        Set<String> onTop = changes.relatedOfAll(had, names);
        onTop.removeAll(related);
        if (!onTop.isEmpty()) {
            onTop.retainAll(changes.related(amended(changes, onTop)));
            related.addAll(onTop);
        }
        return related;
    }

    /** Of the answers by which these names may have come: each change has one at the most. */
    private Set<String> amended(Changes changes, Set<String> names) {
        return changes.adding(names).stream()
                .flatMap(change -> answers.computeIfAbsent(change, amended).stream())
                .collect(Collectors.toSet());
    }

    boolean isAssigned(String name) {
        return assigned(true).containsKey(name) || assigned(false).containsKey(name);
    }

    /** A client session that knows its client as this one; all else is its own. */
    AuthenticatedClientSessionModel seenBy(AuthenticatedClientSessionModel clientSession) {
        return StandIn.of(
                AuthenticatedClientSessionModel.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getClient") ? this : StandIn.call(clientSession, method, arguments));
    }

    /** What is asked for each time is never granted for longer. */
    private boolean isHidden(ClientScopeModel scope) {
        return PermissionCatalogue.isPermission(this, scope)
                && (PermissionCatalogue.isOneTime(scope) || !granted.contains(scope.getId()));
    }
}
