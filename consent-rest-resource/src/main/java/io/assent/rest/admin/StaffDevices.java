package io.assent.rest.admin;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.rest.Problem;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.Customer;
import io.assent.server.EventDetails;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.services.managers.AuthenticationManager;

/** What staff do about a customer's devices. */
final class StaffDevices {

    private final StaffCall call;
    private final Devices devices;

    StaffDevices(StaffCall call, Devices devices) {
        this.call = call;
        this.devices = devices;
    }

    List<Device> list(String customerId) {
        return devices.list(customer(customerId));
    }

    /** Forgets a lost device, and ends the login in which it was registered. Once: a repeat finds nothing to do. */
    void lose(String customerId, String deviceId) {
        Customer customer = customer(customerId);
        call.rights().requireManageOfCustomersDevices(customer.userId());
        String id = Uuids.normalized(deviceId)
                .orElseThrow(() -> Problem.malformedRequest("The device's id in the path must be a UUID.")
                        .toException());
        devices.lose(customer, id).ifPresent(device -> {
            endLogin(customer, device);
            tell(customer, device);
        });
    }

    private Customer customer(String id) {
        return Customer.of(call.realm(), call.customer(id));
    }

    /** A login with an offline token has the same id, and goes on by itself. */
    private void endLogin(Customer customer, Device device) {
        if (device.sessionId() == null) {
            return;
        }
        Stream.of(
                        call.session().sessions().getUserSession(call.realm(), device.sessionId()),
                        call.session().sessions().getOfflineUserSession(call.realm(), device.sessionId()))
                .filter(Objects::nonNull)
                .filter(login -> login.getUser().getId().equals(customer.userId()))
                .forEach(login -> AuthenticationManager.backchannelLogout(call.session(), login, true));
    }

    /** To Keycloak's admin events, with ids alone. */
    private void tell(Customer customer, Device device) {
        call.events()
                .tell(
                        Map.of(EventDetails.DEVICE_ID, device.id()),
                        String.join("/", "customers", customer.userId(), "devices", device.id(), "lost"));
    }
}
