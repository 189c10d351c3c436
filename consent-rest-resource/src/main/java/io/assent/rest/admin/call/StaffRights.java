package io.assent.rest.admin.call;

import io.assent.rest.Problem;
import java.util.Optional;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What the caller may do, by Keycloak's own admin permissions. A consent belongs to its customer: to see it is to view
 * that user, and to end it is to manage that user. Where no single user can be looked at (many customers, a removed
 * one, an id that nobody knows), only the realm's roles for all users count, and not fine-grained permissions, which
 * may deny some.
 */
public final class StaffRights {

    /** The same whether there is such a customer or not. */
    private static final String CUSTOMERS =
            "A view of a customer's data needs the right to view that user, or the role view-users for all.";

    /** The same whether there is such a client or not. */
    private static final String CLIENTS =
            "A view of a client's data needs the right to view that client, or the role view-clients for all.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    public StaffRights(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /** The id of the user whose admin token it is. */
    public String staffId() {
        return auth.adminAuth().getUser().getId();
    }

    /** Who calls, as Keycloak's own admin API knows them. */
    public AdminAuth admin() {
        return auth.adminAuth();
    }

    public boolean mayViewAllCustomers() {
        return auth.hasOneAdminRole(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS);
    }

    public void requireViewOfAllCustomers() {
        require(mayViewAllCustomers(), CUSTOMERS);
    }

    public void requireViewOfCustomer(String userId) {
        require(
                mayViewAllCustomers()
                        || user(userId).filter(auth.users()::canView).isPresent(),
                CUSTOMERS);
    }

    public void requireManageOfCustomer(String userId) {
        require(mayManage(userId), "To end a customer's consent needs the right to manage that user.");
    }

    public void requireManageOfCustomersRequests(String userId) {
        require(mayManage(userId), "To change what waits for a customer needs the right to manage that user.");
    }

    public void requireManageOfCustomersDevices(String userId) {
        require(mayManage(userId), "To remove a customer's device needs the right to manage that user.");
    }

    private boolean mayManage(String userId) {
        return auth.hasOneAdminRole(AdminRoles.MANAGE_USERS)
                || user(userId).filter(auth.users()::canManage).isPresent();
    }

    /** @param client empty where the realm has no such client any more, or never had */
    public void requireViewOfClient(Optional<ClientModel> client) {
        require(client.map(auth.clients()::canView).orElseGet(this::mayViewAllClients), CLIENTS);
    }

    public void requireViewOfAllClients() {
        require(mayViewAllClients(), CLIENTS);
    }

    /** As Keycloak's own list of clients: who may not view all is shown those that they may view. */
    public void requireListOfClients() {
        require(auth.clients().canList(), "To list clients needs the right to view some.");
    }

    public boolean mayView(ClientModel client) {
        return auth.clients().canView(client);
    }

    /** To switch it off, for example: what Keycloak's own switch needs. */
    public boolean mayManage(ClientModel client) {
        return auth.clients().canConfigure(client);
    }

    public void requireManageOfClient(ClientModel client) {
        require(mayManage(client), "To change what a client may do needs the right to manage it.");
    }

    /** As Keycloak's own call that makes a client. */
    public boolean mayRegisterClients() {
        return auth.clients().canManage();
    }

    public void requireRegistrationOfClients() {
        require(mayRegisterClients(), "To register a TPP needs the right to manage all of the realm's clients.");
    }

    private boolean mayViewAllClients() {
        return auth.hasOneAdminRole(AdminRoles.VIEW_CLIENTS, AdminRoles.MANAGE_CLIENTS);
    }

    /** How a realm is set up is no customer's affair. */
    public void requireViewOfSetup() {
        require(
                auth.realm().canViewRealm() && mayViewAllClients(),
                "To see how a realm is set up needs the rights to view the realm and all of its clients.");
    }

    public void requireManageOfSetup() {
        require(
                auth.realm().canManageRealm()
                        && auth.clients().canManage()
                        && auth.clients().canManageClientScopes(),
                "To set a realm up needs the rights to manage the realm, all of its clients and its client scopes.");
    }

    public void requireViewOfRealm() {
        require(auth.realm().canViewRealm(), "To see where events go needs the right to view the realm.");
    }

    public void requireManageOfRealm() {
        require(auth.realm().canManageRealm(), "To change where events go needs the right to manage the realm.");
    }

    public void requireViewOfPermissions() {
        require(auth.realm().canViewRealm(), "To see how permissions change needs the right to view the realm.");
    }

    public void requireManageOfPermissions() {
        require(
                auth.realm().canManageRealm() && auth.clients().canManageClientScopes(),
                "To change permissions needs the rights to manage the realm and its client scopes.");
    }

    private Optional<UserModel> user(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id));
    }

    private static void require(boolean right, String detail) {
        if (!right) {
            throw Problem.missingRights(detail).toException();
        }
    }
}
