package io.assent.rest.admin.call;

import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** A call of somebody of the bank's staff, and what it has at hand. */
public record StaffCall(
        KeycloakSession session, RealmModel realm, StaffRights rights, StaffEvents events, Clients clients) {

    public static StaffCall of(
            KeycloakSession session, RealmModel realm, StaffRights rights, AdminEventBuilder adminEvent) {
        return new StaffCall(session, realm, rights, new StaffEvents(adminEvent), new Clients(realm, rights));
    }

    /** What the query says, of parameters that are known. */
    public Parameters parameters(List<String> known) {
        return Parameters.of(session.getContext().getUri().getQueryParameters(), known);
    }

    /** A customer whom the caller may view. Whoever may not see all customers is not told whether there is one. */
    public UserModel customer(String id) {
        UserModel user = TextRule.USER_ID.allows(id) ? session.users().getUserById(realm, id) : null;
        if (user == null) {
            throw unknown("customer");
        }
        rights.requireViewOfCustomer(id);
        return user;
    }

    /** There is none; who may not see all customers is not told so. */
    public RuntimeException unknown(String what) {
        rights.requireViewOfAllCustomers();
        return Problem.notFound("The realm has no such " + what + ".").toException();
    }
}
