package io.assent.permission.change;

import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.server.OperatorLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.provider.Provider;

/** The door to the changes of a realm's permissions. Belongs to the caller's transaction. */
public final class ChangedPermissions implements Provider {

    static final String ID = "assent-changes";

    private static final String TYPE = ChangedPermissions.class.getName();
    private static final String DOCUMENT = "document";
    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(ChangedPermissions.class));

    private final RealmModel realm;

    private ChangedPermissions(RealmModel realm) {
        this.realm = realm;
    }

    public static ChangedPermissions of(RealmModel realm) {
        return new ChangedPermissions(realm);
    }

    /** What is in force. Where it can't be read, nothing changes, and the operator is told. */
    public Changes current() {
        ComponentModel component = component().orElse(null);
        if (component == null) {
            return Changes.NONE;
        }
        return read(component).orElseGet(() -> {
            OPERATOR.error(
                    realm.getId(),
                    ("The changes of permissions of realm '%s' can't be read, and none is made: restore its component"
                                    + " '%s', or remove it and write them anew")
                            .formatted(realm.getName(), component.getId()));
            return Changes.NONE;
        });
    }

    /**
     * What would be in force with these changes and no others. Nothing is written.
     *
     * @throws InvalidChangeException where one of them can't be
     */
    public Changes check(List<Draft> drafts, Instant now) throws InvalidChangeException {
        return new ChangeRules(current(), this::permission, now).check(drafts);
    }

    /** Puts what was checked into force. */
    public void put(Changes checked) {
        ComponentModel before = component().orElse(null);
        ComponentModel component = before == null ? newComponent() : new ComponentModel(before);
        component.getConfig().putSingle(DOCUMENT, ChangeDocument.write(checked));
        if (before == null) {
            realm.addComponentModel(component);
        } else {
            realm.updateComponent(component);
        }
    }

    /** Whether a client's tokens can have a permission: it is assigned to the client, and not good for one token. */
    public static Predicate<NamedScope> availableTo(ClientModel client) {
        // looked up where something changes alone: every login and every refresh has one
        return scope ->
                scopes(client).filter(one -> one.getId().equals(scope.id())).anyMatch(ChangedPermissions::canStand);
    }

    /**
     * The {@code scope} that a client asks for, by names of all times, in the names of now.
     *
     * @param widened whether it asks as well for what belongs to a permission since
     */
    public String asked(ClientModel client, String scope, boolean widened, Instant now) {
        Changes changes = current();
        if (scope == null || !changes.isWindowOpen(now)) {
            return scope;
        }
        List<NamedScope> assigned = scopes(client)
                .filter(ChangedPermissions::canStand)
                .map(one -> new NamedScope(one.getId(), one.getName()))
                .toList();
        Set<String> names = Scopes.split(scope);
        Set<String> asked = changes.asked(names, widened, assigned, now);
        return asked.equals(names) ? scope : Scopes.join(asked);
    }

    private static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.of(true, false).flatMap(byDefault -> client.getClientScopes(byDefault).values().stream());
    }

    static boolean isReadable(ComponentModel component) {
        return read(component).isPresent();
    }

    private static Optional<Changes> read(ComponentModel component) {
        return Optional.ofNullable(component.get(DOCUMENT)).flatMap(ChangeDocument::read);
    }

    private Optional<ComponentModel> component() {
        return realm.getComponentsStream(realm.getId(), TYPE).findFirst();
    }

    private Optional<NamedScope> permission(String name) {
        return realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals(name))
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(ChangedPermissions::canStand)
                .findFirst()
                .map(scope -> new NamedScope(scope.getId(), scope.getName()));
    }

    private static boolean canStand(ClientScopeModel scope) {
        return PermissionCatalogue.isOfTheBank(scope) && !PermissionCatalogue.isOneTime(scope);
    }

    private ComponentModel newComponent() {
        ComponentModel component = new ComponentModel();
        // of two that write the first one at once, the database takes one
        component.setId(UUID.nameUUIDFromBytes((TYPE + ' ' + realm.getId()).getBytes(StandardCharsets.UTF_8))
                .toString());
        component.setName(ID);
        component.setParentId(realm.getId());
        component.setProviderType(TYPE);
        component.setProviderId(ID);
        return component;
    }

    @Override
    public void close() {}
}
