package io.assent.rest.admin;

import io.assent.rest.Problem;
import java.util.Optional;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What the caller may do, by Keycloak's own admin permissions. A consent belongs to its customer: to see it is to view
 * that user, and to end it is to manage that user. Where no single user can be looked at (many customers, a removed
 * one, an id that nobody knows), only the realm's roles for all users count, and not fine-grained permissions, which
 * may deny some.
 */
final class StaffRights {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    StaffRights(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /** The id of the user whose admin token it is. */
    String staffId() {
        return auth.adminAuth().getUser().getId();
    }

    boolean mayViewAllCustomers() {
        return auth.hasOneAdminRole(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS);
    }

    void requireViewOfAllCustomers() {
        require(mayViewAllCustomers(), "To see what is of all customers needs the role view-users.");
    }

    void requireViewOfCustomer(String userId) {
        require(
                mayViewAllCustomers()
                        || user(userId).filter(auth.users()::canView).isPresent(),
                "To see what is a customer's needs the right to view that user.");
    }

    void requireManageOfCustomer(String userId) {
        require(mayManage(userId), "To end a customer's consent needs the right to manage that user.");
    }

    void requireManageOfCustomersDevices(String userId) {
        require(mayManage(userId), "To remove a customer's device needs the right to manage that user.");
    }

    private boolean mayManage(String userId) {
        return auth.hasOneAdminRole(AdminRoles.MANAGE_USERS)
                || user(userId).filter(auth.users()::canManage).isPresent();
    }

    /** @param client empty where the realm has no such client any more, or never had */
    void requireViewOfClient(Optional<ClientModel> client) {
        require(
                client.map(auth.clients()::canView).orElseGet(this::mayViewAllClients),
                "To search by a client needs the right to view it.");
    }

    private boolean mayViewAllClients() {
        return auth.hasOneAdminRole(AdminRoles.VIEW_CLIENTS, AdminRoles.MANAGE_CLIENTS);
    }

    /** How a realm is set up is no customer's affair. */
    void requireViewOfSetup() {
        require(
                auth.realm().canViewRealm() && mayViewAllClients(),
                "To see how a realm is set up needs the rights to view the realm and all of its clients.");
    }

    void requireManageOfSetup() {
        require(
                auth.realm().canManageRealm()
                        && auth.clients().canManage()
                        && auth.clients().canManageClientScopes(),
                "To set a realm up needs the rights to manage the realm, all of its clients and its client scopes.");
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
