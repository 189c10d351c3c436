package io.assent.permission;

import java.util.stream.Stream;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The roles of customers that tokens of a client carry. With those of the account or of the realm's management a client
 * could grant itself what it wants, so that none that asks for permissions may get them.
 */
public final class CarriedRoles {

    private CarriedRoles() {}

    /**
     * Those that its tokens could carry, by the client's set-up alone: which of them a customer has is not known when
     * it asks.
     *
     * @param own the roles that the client has of its own
     * @param scopes what the tokens are for; the client itself counts as one
     */
    public static Stream<RoleModel> inReach(Stream<RoleModel> own, Stream<ClientScopeModel> scopes) {
        return RoleUtils.expandCompositeRolesStream(
                Stream.concat(own, scopes.flatMap(ClientScopeModel::getScopeMappingsStream)));
    }

    /** Those that its tokens could carry, whatever it asks for of what it may. */
    public static Stream<RoleModel> inReach(ClientModel client) {
        return inReach(client.getRolesStream(), Stream.concat(Stream.of(client), PermissionCatalogue.assigned(client)));
    }

    /** Whether there is one of the account or of the realm's management among some. */
    public static boolean haveManagement(RealmModel realm, Stream<RoleModel> roles) {
        return roles.anyMatch(role -> isOfManagement(realm, role));
    }

    private static boolean isOfManagement(RealmModel realm, RoleModel role) {
        if (!role.isClientRole()) {
            return false;
        }
        String owner = ((ClientModel) role.getContainer()).getClientId();
        return owner.equals(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID) || AdminRoles.isAdminClient(realm, owner);
    }
}
