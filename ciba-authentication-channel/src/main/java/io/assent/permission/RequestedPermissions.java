package io.assent.permission;

import io.assent.claim.ClaimLimits;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;

/**
 * The permissions that a client asks a customer for, as they stood when it asked: what the admin changes afterwards
 * does not change a question that is already on a customer's screen.
 *
 * @param asked the names of all permissions in question, in the order in which they are shown
 * @param required those among them that the customer can't leave out
 * @param selectable whether the customer may grant a part; otherwise it is all or nothing
 * @param scopeIds Keycloak's internal ids of their client scopes by their names: one that is renamed, or made anew
 *     under an old name, is another permission. Without those that nobody knows, as of requests from before that was
 *     kept.
 * @param claims those permissions that are asked for some of their claims alone
 */
public record RequestedPermissions(
        Set<String> asked, Set<String> required, boolean selectable, Map<String, String> scopeIds, ClaimLimits claims) {

    public RequestedPermissions {
        asked = unmodifiable(asked);
        scopeIds = Map.copyOf(scopeIds);
        required = Set.copyOf(required);
        if (!asked.containsAll(required)) {
            throw new IllegalArgumentException("a required permission must be among those asked for");
        }
        claims = claims.only(asked);
    }

    /** Of permissions that are asked for with all that they carry. */
    public RequestedPermissions(
            Set<String> asked, Set<String> required, boolean selectable, Map<String, String> scopeIds) {
        this(asked, required, selectable, scopeIds, ClaimLimits.NONE);
    }

    /** Of permissions that are known by their names alone. */
    public RequestedPermissions(Set<String> asked, Set<String> required, boolean selectable) {
        this(asked, required, selectable, Map.of());
    }

    /** Whether a client scope that goes by a name now is the one that was asked for by it. */
    public boolean isSame(String name, String scopeId) {
        return scopeIds.getOrDefault(name, scopeId).equals(scopeId);
    }

    /**
     * What an approval grants.
     *
     * @param selection the permissions that the customer chose, or empty for all: which is taken only where there is
     *     nothing to choose, so that nothing is granted by forgetting
     */
    public Selection select(Optional<Set<String>> selection) {
        if (selection.isEmpty()) {
            return selectable && !required.equals(asked)
                    ? new Selection.Refused(
                            Selection.Flaw.NOT_SAID,
                            "grantedScopes is missing. The customer may grant a part, so name all that is granted.")
                    : new Selection.Granted(asked);
        }
        Set<String> chosen = selection.get();
        if (!asked.containsAll(chosen)) {
            return new Selection.Refused(
                    Selection.Flaw.NOT_ASKED_FOR,
                    "grantedScopes names a permission that was not asked for: " + names(difference(chosen, asked)));
        }
        if (chosen.isEmpty() && !asked.isEmpty() || isNothing(chosen) && !isNothing(asked)) {
            return new Selection.Refused(
                    Selection.Flaw.NOTHING_SELECTED, "Nothing is selected. To grant nothing, deny the request.");
        }
        if (!chosen.containsAll(required)) {
            return new Selection.Refused(
                    Selection.Flaw.REQUIRED_LEFT_OUT,
                    "A required permission is left out: " + names(difference(required, chosen)));
        }
        if (!selectable && !chosen.equals(asked)) {
            return new Selection.Refused(
                    Selection.Flaw.NOT_SELECTABLE,
                    "This request is answered as a whole: grant all permissions, or deny it.");
        }
        return new Selection.Granted(chosen);
    }

    /** That access goes on without the customer is not yet access to anything. */
    private static boolean isNothing(Set<String> permissions) {
        return Set.of(OAuth2Constants.OFFLINE_ACCESS).containsAll(permissions);
    }

    /**
     * The OAuth {@code scope} that is left when only {@code granted} was granted. What is not a permission, such as
     * {@code openid}, passes through.
     */
    public String narrow(String scope, Set<String> granted) {
        return Scopes.split(scope).stream()
                .filter(name -> !asked.contains(name) || granted.contains(name))
                .collect(Collectors.joining(" "));
    }

    /** The same without some: what is left to ask once {@code settled} is settled. */
    public RequestedPermissions without(Set<String> settled) {
        Map<String, String> rest = new HashMap<>(scopeIds);
        rest.keySet().removeAll(settled);
        return new RequestedPermissions(
                difference(asked, settled), difference(required, settled), selectable, rest, claims);
    }

    /** The same for some claims alone. */
    public RequestedPermissions limitedTo(ClaimLimits limits) {
        return new RequestedPermissions(asked, required, selectable, scopeIds, limits);
    }

    private static Set<String> difference(Set<String> names, Set<String> others) {
        Set<String> rest = new LinkedHashSet<>(names);
        rest.removeAll(others);
        return rest;
    }

    private static String names(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static Set<String> unmodifiable(Set<String> names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** What came of a selection. */
    public sealed interface Selection {

        /** It is allowed and grants these permissions. */
        record Granted(Set<String> permissions) implements Selection {}

        /**
         * It is not allowed.
         *
         * @param reason why, in words for the developer of the app
         */
        record Refused(Flaw flaw, String reason) implements Selection {}

        /** What can be wrong with a selection. */
        enum Flaw {
            NOT_SAID,
            NOT_ASKED_FOR,
            NOTHING_SELECTED,
            REQUIRED_LEFT_OUT,
            NOT_SELECTABLE
        }
    }
}
