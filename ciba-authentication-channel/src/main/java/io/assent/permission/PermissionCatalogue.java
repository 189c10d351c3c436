package io.assent.permission;

import io.assent.claim.ClaimSet;
import io.assent.claim.ScopeClaims;
import io.assent.claim.SharedClaim;
import io.assent.identity.VerifiedIdentities;
import io.assent.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrderedModel.OrderedModelComparator;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;

/**
 * What permissions are: the client scopes that the console shows on the consent screen, with the texts, the order and
 * the assignment that the console gives them.
 */
public final class PermissionCatalogue {

    private static final Comparator<ClientScopeModel> CONSOLE_ORDER =
            new OrderedModelComparator<ClientScopeModel>().thenComparing(ClientScopeModel::getName);

    /**
     * The client scopes that Keycloak makes in each realm. They say who a customer is, or are for the server's own use;
     * a client that does not need consent may have them unasked, as in any Keycloak.
     */
    private static final Set<String> STOCK = Set.of(
            "acr",
            "address",
            "basic",
            "email",
            "microprofile-jwt",
            "offline_access",
            "organization",
            "phone",
            "profile",
            "roles",
            "service_account",
            "web-origins");

    /** How a client asks for {@code organization} as a member of one of them. */
    private static final String ORGANIZATION = "organization" + ClientScopeModel.VALUE_SEPARATOR;

    private final KeycloakSession session;

    public PermissionCatalogue(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Whether a client scope is a permission that the bank made: one of those that no token may carry without the
     * customer's yes, whatever else the client is set to. Any other scope that is shown on the consent screen is a
     * permission too, where the client needs consent.
     */
    public static boolean isOfTheBank(ClientScopeModel scope) {
        return !(scope instanceof ClientModel)
                && scope.isDisplayOnConsentScreen()
                && !STOCK.contains(scope.getName())
                && !scope.getName().startsWith(ORGANIZATION);
    }

    /**
     * Whether a client scope is a permission where a client asks for it: any that is shown on the consent screen, where
     * the client needs consent; else one of the bank's.
     */
    public static boolean isPermission(ClientModel client, ClientScopeModel scope) {
        return client.isConsentRequired()
                ? !(scope instanceof ClientModel) && scope.isDisplayOnConsentScreen()
                : isOfTheBank(scope);
    }

    /**
     * Whether a permission is asked for each time and good for one token: its client scope is <em>Always displayed on
     * the consent screen</em>, or the settings name it. The server itself looks at the former only where its
     * experimental parameterized scopes are on.
     */
    public static boolean isOneTime(ClientScopeModel scope) {
        return !(scope instanceof ClientModel)
                && scope.isDisplayOnConsentScreen()
                && (Boolean.parseBoolean(scope.getAttribute(ClientScopeModel.IS_ALWAYS_CONSENT))
                        || ConsentSettings.of(scope.getRealm()).oneTime().contains(scope.getName()));
    }

    /** Whether any of these permissions of a client, by their names, is good for one token. */
    public static boolean hasOneTime(ClientModel client, Set<String> names) {
        return assigned(client).anyMatch(scope -> names.contains(scope.getName()) && isOneTime(scope));
    }

    /** The client scopes that a client has, as Default or Optional. */
    public static Stream<ClientScopeModel> assigned(ClientModel client) {
        return Stream.of(client.getClientScopes(true), client.getClientScopes(false))
                .flatMap(scopes -> scopes.values().stream());
    }

    /** Those that a client of the realm can be given to ask for, in the order of the console. */
    public static Stream<ClientScopeModel> offered(RealmModel realm) {
        return realm.getClientScopesStream()
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(PermissionCatalogue::isOfTheBank)
                .filter(scope -> scope.isIncludeInTokenScope() && !ClientScopeModel.isParameterizedScope(scope))
                .sorted(CONSOLE_ORDER);
    }

    /** The same in words. */
    public static List<Permission> offered(RealmModel realm, Texts texts) {
        return offered(realm)
                .map(scope -> permission(scope.getName(), scope, false, texts))
                .toList();
    }

    /** Whether a token for this client, user and {@code scope} would carry a permission that the bank made. */
    public boolean hasOneOfTheBank(ClientModel client, UserModel user, String scope) {
        return inToken(client, user, scope).stream().anyMatch(PermissionCatalogue::isOfTheBank);
    }

    /** The permissions among the scopes that a token for this client, user and {@code scope} would carry. */
    public RequestedPermissions requested(RealmModel realm, ClientModel client, UserModel user, String scope) {
        Map<String, String> scopeIds = new LinkedHashMap<>();
        inToken(client, user, scope).stream()
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .sorted(CONSOLE_ORDER)
                .forEach(held -> scopeIds.putIfAbsent(held.getName(), held.getId()));
        Set<String> asked = scopeIds.keySet();
        Set<String> required = new LinkedHashSet<>(asked);
        required.retainAll(client.getClientScopes(true).keySet());
        return new RequestedPermissions(
                asked, required, ConsentSettings.of(realm).selectable(client), scopeIds);
    }

    /**
     * The permissions that a token for this {@code scope} would carry as the realm stands now. What was asked for as a
     * permission counts as one, also where it is shown on the consent screen no more.
     *
     * @return the ids of their client scopes by their names
     */
    public Map<String, String> inToken(
            ClientModel client, UserModel user, String scope, RequestedPermissions requested) {
        return inToken(client, user, scope).stream()
                .filter(held ->
                        held.isDisplayOnConsentScreen() || requested.asked().contains(held.getName()))
                .collect(Collectors.toMap(ClientScopeModel::getName, ClientScopeModel::getId, (one, other) -> one));
    }

    /**
     * The names of the permissions that are good for one token, among those that a token for this {@code scope} would
     * carry.
     */
    public Set<String> oneTime(ClientModel client, UserModel user, String scope) {
        return inToken(client, user, scope).stream()
                .filter(PermissionCatalogue::isOneTime)
                .map(ClientScopeModel::getName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The names among some that still are those of certain client scopes: one that was made anew under an old name is
     * another permission.
     */
    public Set<String> current(ClientModel client, UserModel user, Set<String> names, Set<String> scopeIds) {
        return inToken(client, user, Scopes.join(names)).stream()
                .filter(held -> names.contains(held.getName()) && scopeIds.contains(held.getId()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The ids of all client scopes that a token for this {@code scope} would carry, less some by their names. */
    public Set<String> idsWithout(ClientModel client, UserModel user, String scope, Set<String> names) {
        return TokenManager.getRequestedClientScopes(session, scope, client, user)
                .filter(held -> held instanceof ClientModel || !names.contains(held.getName()))
                .map(ClientScopeModel::getId)
                .collect(Collectors.toSet());
    }

    /** What a request asks for, in the customer's words: groups in the order of their first permission. */
    public List<PermissionGroup> groups(ClientModel client, RequestedPermissions asked, Texts texts) {
        return groups(scopes(client), asked, texts, (name, scope) -> List.of());
    }

    /** The same with the data of the customer that it is about. */
    public List<PermissionGroup> groups(ClientModel client, RequestedPermissions asked, UserModel user, Texts texts) {
        return groups(
                scopes(client),
                asked,
                texts,
                (name, scope) -> ClaimedPermissions.isOfTheGroup(scope)
                        ? shared(scope, asked.claims().of(name), user, texts)
                        : List.of());
    }

    /** Of a client scope that is gone it is known what was asked for. */
    private static Set<String> carried(ClientScopeModel scope, ClaimSet limit) {
        return scope == null ? limit.named() : ScopeClaims.of(scope).names();
    }

    private List<SharedClaim> shared(ClientScopeModel scope, Optional<ClaimSet> limit, UserModel user, Texts texts) {
        return Stream.concat(
                        SharedClaim.of(scope, limit, user, texts).stream(),
                        limit
                                .map(claims -> VerifiedIdentities.of(session, scope.getRealm())
                                        .shown(user, scope, claims, texts))
                                .stream()
                                .flatMap(List::stream))
                .toList();
    }

    private static Map<String, ClientScopeModel> scopes(ClientModel client) {
        Map<String, ClientScopeModel> scopes = new LinkedHashMap<>(client.getClientScopes(false));
        scopes.putAll(client.getClientScopes(true));
        return scopes;
    }

    /** The same of a client that is gone: by the names of what it asked for. */
    public List<PermissionGroup> groups(RequestedPermissions asked, Texts texts) {
        return groups(Map.of(), asked, texts, (name, scope) -> List.of());
    }

    private static List<PermissionGroup> groups(
            Map<String, ClientScopeModel> scopes,
            RequestedPermissions asked,
            Texts texts,
            BiFunction<String, ClientScopeModel, List<SharedClaim>> claims) {
        Map<String, List<Permission>> groups = new LinkedHashMap<>();
        for (String name : asked.asked()) {
            ClientScopeModel scope = scopes.get(name);
            Permission permission = permission(name, scope, asked.required().contains(name), texts);
            groups.computeIfAbsent(group(name), id -> new ArrayList<>())
                    .add(new Permission(
                            name,
                            permission.title(),
                            asked.claims()
                                    .of(name)
                                    .map(limit -> SharedClaim.words(limit, carried(scope, limit), texts))
                                    .orElse(permission.detail()),
                            permission.required(),
                            scope == null ? List.of() : claims.apply(name, scope)));
        }
        return groups.entrySet().stream()
                .map(group -> new PermissionGroup(
                        group.getKey(),
                        texts.expect("consent.group." + group.getKey() + ".title")
                                .orElse(readable(group.getKey())),
                        texts.expect("consent.group." + group.getKey() + ".summary")
                                .orElse(null),
                        group.getValue()))
                .toList();
    }

    /** @param scope the client scope, or {@code null} where the admin took it from the client meanwhile */
    private static Permission permission(String name, ClientScopeModel scope, boolean required, Texts texts) {
        String text = scope == null ? name : scope.getConsentScreenText();
        return Texts.key(text)
                .map(key -> new Permission(
                        name,
                        texts.expect(key).orElse(readable(name)),
                        texts.expect(key + ".detail").orElse(null),
                        required))
                .orElseGet(() -> new Permission(name, text.equals(name) ? readable(name) : text, null, required));
    }

    private List<ClientScopeModel> inToken(ClientModel client, UserModel user, String scope) {
        return TokenManager.getRequestedClientScopes(session, scope, client, user)
                // a client counts as a scope of its own, which nobody asks for
                .filter(held -> !(held instanceof ClientModel))
                .toList();
    }

    private static String group(String scope) {
        int dot = scope.indexOf('.');
        return dot < 0 ? scope : scope.substring(0, dot);
    }

    /** {@code accounts.direct-debits} as "Accounts direct debits": for a permission that nobody put in words. */
    private static String readable(String name) {
        String words = name.replaceAll("[._:-]+", " ").trim();
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
