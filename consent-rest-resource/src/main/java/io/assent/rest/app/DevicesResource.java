package io.assent.rest.app;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import io.assent.device.DeviceStore.Registration.Registered;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.push.PushSender;
import io.assent.push.RegistrationHandlerFactory;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** The customer's devices. */
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {

    /** After that, the device is made known with its first push. */
    private static final Duration REGISTRATION_IS_WORTH_IT_FOR = Duration.ofHours(1);

    private final KeycloakSession session;
    private final Caller caller;
    private final DeviceStore devices;

    DevicesResource(KeycloakSession session, Caller caller, DeviceStore devices) {
        this.session = session;
        this.caller = caller;
        this.devices = devices;
    }

    @GET
    public Response list() {
        return Responses.ok(devices.list(caller.realm(), caller.user()).stream()
                .map(DeviceView::of)
                .toList());
    }

    @PUT
    @Path("{deviceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(@PathParam("deviceId") String deviceId, InputStream body) {
        String id = deviceId(deviceId);
        JsonBody json = JsonBody.read(session, body);
        Device device = new Device(
                id,
                json.text("platform", TextRule.PLATFORM),
                json.text("pushToken", TextRule.PUSH_TOKEN),
                json.textOrNull("label", TextRule.LABEL),
                json.textOrNull("locale", TextRule.LOCALE),
                caller.sessionId(),
                ServerTime.now(),
                null,
                false);
        json.refuseOthers();
        requireSupported(device.platform());
        PushSender sender = session.getProvider(PushSender.class, device.platform());
        sender.validate(device).ifPresent(objection -> {
            throw Problem.unsupportedPushToken(objection).toException();
        });
        if (!(devices.register(caller.realm(), caller.user(), device) instanceof Registered registered)) {
            throw Problem.tooManyDevices("A customer has at most " + DeviceStore.MAX_DEVICES + " devices.")
                    .toException();
        }
        if (sender.registersDevices()) {
            announce(registered.device());
        }
        return Responses.of(registered.created() ? Status.CREATED : Status.OK, DeviceView.of(registered.device()));
    }

    @DELETE
    @Path("{deviceId}")
    public Response remove(@PathParam("deviceId") String deviceId) {
        devices.remove(caller.realm(), caller.user(), deviceId(deviceId));
        return Response.noContent()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Some vendors want to know of a device before its first push. */
    private void announce(Device device) {
        if (device.vendorHandle() == null && !device.disabled()) {
            session.getProvider(Outbox.class)
                    .enqueue(new Delivery(
                            RegistrationHandlerFactory.KIND,
                            new Parties(
                                    caller.realm().getId(),
                                    caller.client().getId(),
                                    caller.user().getId()),
                            null,
                            device.id(),
                            ServerTime.now().plus(REGISTRATION_IS_WORTH_IT_FOR)));
        }
    }

    private static String deviceId(String deviceId) {
        return Uuids.normalized(deviceId)
                .orElseThrow(() -> Problem.malformedRequest("The device's id in the path must be a UUID.")
                        .toException());
    }

    private void requireSupported(String platform) {
        Set<String> supported = devices.platforms(caller.realm());
        if (!supported.contains(platform)) {
            throw Problem.unsupportedPlatform("Devices can be registered for: " + String.join(", ", supported) + ".")
                    .toException();
        }
    }
}
