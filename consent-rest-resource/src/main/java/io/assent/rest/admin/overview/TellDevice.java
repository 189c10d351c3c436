package io.assent.rest.admin.overview;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.overview.Deliveries;
import io.assent.overview.DeliveryRecord;
import io.assent.request.ConsentRequests;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.Customer;
import io.assent.server.EventDetails;
import io.assent.server.ServerTime;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Tells a customer's device again of what waits there. */
public record TellDevice(StaffCall call) {

    public Response resend(String customerId, String deviceId) {
        Customer customer = Customer.of(call.realm(), call.customer(customerId));
        call.rights().requireManageOfCustomersDevices(customer.userId());
        Device device = Uuids.normalized(deviceId)
                .flatMap(id -> Devices.of(call.session()).find(customer, id))
                .orElseThrow(() ->
                        Problem.notFound("The customer has no such device.").toException());
        if (!device.isReachable()) {
            throw Problem.deviceUnreachable("No push reaches the device: it is "
                            + device.state().word() + ".")
                    .toException();
        }
        List<DeliveryRecord> pushes = Deliveries.of(call.session()).tellAgain(customer, device.id());
        if (!pushes.isEmpty()) {
            call.events()
                    .tell(
                            Map.of(EventDetails.DEVICE_ID, device.id()),
                            String.join("/", "customers", customer.userId(), "devices", device.id(), "resend"));
        }
        ConsentRequests requests = ConsentRequests.of(call.session());
        return Responses.ok(new DeliveryView.Listed(pushes.stream()
                .map(push -> DeliveryView.of(
                        push,
                        requests.find(call.realm().getId(), push.delivery().ownerId()),
                        call.clients(),
                        ServerTime.now()))
                .toList()));
    }
}
