package io.assent.permission.change;

import io.assent.permission.ClaimedPermissions;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.server.OperatorLog;
import jakarta.persistence.EntityManager;
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
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.provider.Provider;

/** The door to the changes of a realm's permissions. Belongs to the caller's transaction. */
public final class ChangedPermissions implements Provider {

    static final String ID = "assent-changes";

    private static final String TYPE = ChangedPermissions.class.getName();
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
                    ("The changes of permissions of realm '%s' can't be read, and none is made: remove its component"
                                    + " '%s', and write them anew")
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

    /**
     * Puts what was checked into force.
     *
     * @param before what it was checked against
     */
    public PutResult put(KeycloakSession session, Changes before, Changes checked) {
        ComponentModel component = component().map(ComponentModel::new).orElseGet(this::newComponent);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Changes stored = new StoredDocument(em, realm.getId())
                .lock(component.getId())
                .flatMap(ChangeDocument::read)
                .orElse(Changes.NONE);
        if (!stored.equals(before)) {
            return stored.sayTheSameAs(checked) ? new PutResult.DoneBefore(stored) : new PutResult.Stale();
        }
        component.getConfig().putSingle(StoredDocument.NAME, ChangeDocument.write(checked));
        if (component().isEmpty()) {
            realm.addComponentModel(component);
        } else {
            realm.updateComponent(component);
        }
        return new PutResult.Done();
    }

    /**
     * Checks what is written, by whatever way: Keycloak's own API knows no rule.
     *
     * @throws InvalidChangeException where {@link #put} would not have written it
     */
    void checkWritten(ComponentModel component, Instant now) throws InvalidChangeException {
        if (component.getParentId() != null && !component.getParentId().equals(realm.getId())) {
            throw new InvalidChangeException("It belongs to the realm itself.");
        }
        Changes written = read(component).orElseThrow(() -> new InvalidChangeException("It can't be read."));
        ComponentModel before = component().orElse(null);
        if (before != null && !before.getId().equals(component.getId())) {
            throw new InvalidChangeException("The realm has a component '" + before.getId() + "' for it.");
        }
        Changes inForce = before == null ? null : read(before).orElse(null);
        if (inForce != null) {
            new ChangeRules(inForce, this::permission, now).checkWritten(written);
        } else {
            new ChangeRules(Changes.NONE, this::permission, now).checkFirst(written);
            refuseRenamed(written);
        }
    }

    /** Who reads the names is to know what the ids do. */
    private void refuseRenamed(Changes written) throws InvalidChangeException {
        for (Change change : written.all()) {
            for (NamedScope scope : change.scopes()) {
                ClientScopeModel known = realm.getClientScopeById(scope.id());
                if (known != null && !known.getName().equals(scope.name())) {
                    throw new InvalidChangeException(
                            change.id(),
                            "the client scope of the id that it has for '" + scope.name() + "' is '" + known.getName()
                                    + "'.");
                }
            }
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

    /** The permissions that a client can ask for by the claims that they carry: no name that is no good any more. */
    public ClaimedPermissions claimedBy(ClientModel client) {
        Changes changes = current();
        Predicate<NamedScope> available = availableTo(client);
        return ClaimedPermissions.of(
                client, scope -> !changes.isGone(new NamedScope(scope.getId(), scope.getName()), available));
    }

    private static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.of(true, false).flatMap(byDefault -> client.getClientScopes(byDefault).values().stream());
    }

    private static Optional<Changes> read(ComponentModel component) {
        return Optional.ofNullable(component.get(StoredDocument.NAME)).flatMap(ChangeDocument::read);
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
