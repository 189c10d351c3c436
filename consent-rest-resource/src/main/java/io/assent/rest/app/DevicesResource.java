package io.assent.rest.app;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.push.DeviceRegistration;
import io.assent.push.DeviceRegistration.Result;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/** The customer's devices. */
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {

    private final KeycloakSession session;
    private final Caller caller;
    private final Devices devices;

    DevicesResource(KeycloakSession session, Caller caller, Devices devices) {
        this.session = session;
        this.caller = caller;
        this.devices = devices;
    }

    @GET
    public Response list() {
        return Responses.ok(DeviceView.Listed.of(devices.list(caller.customer())));
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
        Result result = DeviceRegistration.of(
                        session, caller.realm(), Parties.of(caller.realm(), caller.client(), caller.user()))
                .register(device);
        if (result instanceof Result.Registered registered) {
            return Responses.of(registered.created() ? Status.CREATED : Status.OK, DeviceView.of(registered.device()));
        }
        throw problem(result).toException();
    }

    private static Problem problem(Result result) {
        if (result instanceof Result.UnsupportedPlatform unsupported) {
            return Problem.unsupportedPlatform(
                    "Devices can be registered for: " + String.join(", ", unsupported.supported()) + ".");
        }
        return result instanceof Result.UnsupportedPushToken unsupported
                ? Problem.unsupportedPushToken(unsupported.reason())
                : Problem.tooManyDevices("A customer has at most " + Devices.MAX_DEVICES + " devices.");
    }

    @DELETE
    @Path("{deviceId}")
    public Response remove(@PathParam("deviceId") String deviceId) {
        devices.remove(caller.customer(), deviceId(deviceId), caller.sessionId());
        return Responses.noContent();
    }

    private static String deviceId(String deviceId) {
        return Uuids.normalized(deviceId)
                .orElseThrow(() -> Problem.malformedRequest("The device's id in the path must be a UUID.")
                        .toException());
    }
}
