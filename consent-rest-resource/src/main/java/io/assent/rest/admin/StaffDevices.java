package io.assent.rest.admin;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.StaffEvents;
import io.assent.rest.admin.call.StaffRights;
import io.assent.server.Customer;
import io.assent.server.EventDetails;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/** What staff do about a customer's devices. */
final class StaffDevices {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StaffRights rights;
    private final Devices devices;
    private final StaffEvents events;

    StaffDevices(KeycloakSession session, RealmModel realm, StaffRights rights, Devices devices, StaffEvents events) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.devices = devices;
        this.events = events;
    }

    List<Device> list(String customerId) {
        return devices.list(customer(customerId));
    }

    /** Forgets a lost device, and ends the login in which it was registered. Once: a repeat finds nothing to do. */
    void lose(String customerId, String deviceId) {
        Customer customer = customer(customerId);
        rights.requireManageOfCustomersDevices(customer.userId());
        String id = Uuids.normalized(deviceId)
                .orElseThrow(() -> Problem.malformedRequest("The device's id in the path must be a UUID.")
                        .toException());
        devices.lose(customer, id).ifPresent(device -> {
            endLogin(customer, device);
            tell(customer, device);
        });
    }

    /** Whoever may not see all customers is not told whether there is one. */
    private Customer customer(String id) {
        UserModel user = TextRule.USER_ID.allows(id) ? session.users().getUserById(realm, id) : null;
        if (user == null) {
            rights.requireViewOfAllCustomers();
            throw Problem.notFound("The realm has no such customer.").toException();
        }
        rights.requireViewOfCustomer(id);
        return Customer.of(realm, user);
    }

    /** A login with an offline token has the same id, and goes on by itself. */
    private void endLogin(Customer customer, Device device) {
        if (device.sessionId() == null) {
            return;
        }
        Stream.of(
                        session.sessions().getUserSession(realm, device.sessionId()),
                        session.sessions().getOfflineUserSession(realm, device.sessionId()))
                .filter(Objects::nonNull)
                .filter(login -> login.getUser().getId().equals(customer.userId()))
                .forEach(login -> AuthenticationManager.backchannelLogout(session, login, true));
    }

    /** To Keycloak's admin events, with ids alone. */
    private void tell(Customer customer, Device device) {
        events.tell(
                Map.of(EventDetails.DEVICE_ID, device.id()),
                String.join("/", "customers", customer.userId(), "devices", device.id(), "lost"));
    }
}
