package io.assent.rest.app;

import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.device.Device;
import io.assent.device.DeviceKey;
import io.assent.device.DeviceState;
import io.assent.device.Devices;
import io.assent.device.Devices.Proof;
import io.assent.device.Devices.Registration;
import io.assent.device.Enrolment;
import io.assent.device.KeyChallenges;
import io.assent.device.KeyOffer;
import io.assent.device.attestation.Attestation;
import io.assent.device.attestation.AttestationResult;
import io.assent.evidence.Circumstances;
import io.assent.push.device.DeviceRegistration;
import io.assent.push.device.DeviceRegistration.Result;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.answer.Objections;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** The customer's devices. */
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {

    private final KeycloakSession session;
    private final Caller caller;
    private final Devices devices;
    private final Authority authority;

    DevicesResource(KeycloakSession session, Caller caller, Devices devices, Authority authority) {
        this.session = session;
        this.caller = caller;
        this.devices = devices;
        this.authority = authority;
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
        Optional<DeviceKey> key = json.object("key").map(DevicesResource::key);
        Optional<Attestation> attestation = json.object("attestation").map(DevicesResource::attestation);
        if (attestation.isPresent() && key.isEmpty()) {
            throw Problem.malformedRequest("There is an 'attestation' and no 'key'.")
                    .toException();
        }
        Optional<Objection> objection = key.flatMap(wanted -> authority.toEnrolment(parties(), circumstances()));
        Optional<String> previous = Optional.ofNullable(json.textOrNull("previousPushToken", TextRule.PUSH_TOKEN));
        json.refuseOthers();
        refuse(Authority.toSettings(circumstances()));
        Result result = DeviceRegistration.of(session, caller.realm(), parties())
                .register(new Enrolment(
                        device,
                        key.map(wanted -> new KeyOffer(wanted, login(objection), attestation)),
                        previous,
                        DeviceProofs.of(session, json.bytes())));
        if (result instanceof Result.Registered registered) {
            return Responses.of(status(registered), DeviceView.of(registered.device()));
        }
        if (result instanceof Result.Refused refused && refused.why() instanceof Registration.LoginNotGoodEnough) {
            throw Objections.toException(session, objection.orElseThrow());
        }
        throw problem(result).toException();
    }

    /** The app, and the customer in it. */
    private Parties parties() {
        return Parties.of(caller.realm(), caller.client(), caller.user());
    }

    private Circumstances circumstances() {
        return caller.circumstances(session.getContext().getConnection().getRemoteHost(), question -> Optional.empty());
    }

    private static KeyOffer.Login login(Optional<Objection> objection) {
        return objection
                .map(against -> against instanceof Objection.WeakLogin ? KeyOffer.Login.WEAK : KeyOffer.Login.NONE)
                .orElse(KeyOffer.Login.GOOD);
    }

    private static Status status(Result.Registered registered) {
        if (registered.device().state() instanceof DeviceState.Proving) {
            return Status.ACCEPTED;
        }
        return registered.created() ? Status.CREATED : Status.OK;
    }

    private static DeviceKey key(JsonBody jwk) {
        jwk.text("kty", TextRule.KEY_TYPE);
        jwk.text("crv", TextRule.CURVE);
        String x = jwk.text("x", TextRule.COORDINATE);
        String y = jwk.text("y", TextRule.COORDINATE);
        jwk.refuseOthers();
        return DeviceKey.of(x, y).orElseThrow(() -> Problem.unsupportedKey("The key is not a point on the curve P-256.")
                .toException());
    }

    private static Attestation attestation(JsonBody json) {
        String format = json.text("format", TextRule.FORMAT);
        Set<String> chain = json.texts("x5c", TextRule.CERTIFICATE).orElse(Set.of());
        json.refuseOthers();
        if (chain.size() > Attestation.MAX_CERTIFICATES) {
            throw Problem.malformedRequest("'x5c' has at most " + Attestation.MAX_CERTIFICATES + " certificates.")
                    .toException();
        }
        return new Attestation(
                format, chain.stream().map(Base64.getDecoder()::decode).toList());
    }

    private static Problem problem(AttestationResult result) {
        return result instanceof AttestationResult.Refused refused
                ? Problem.invalidAttestation(refused.why())
                : Problem.unsupportedAttestation(((AttestationResult.Unsupported) result).why());
    }

    private static Problem problem(Result result) {
        if (result instanceof Result.UnsupportedPlatform unsupported) {
            return Problem.unsupportedPlatform(
                    "Devices can be registered for: " + String.join(", ", unsupported.supported()) + ".");
        }
        return result instanceof Result.UnsupportedPushToken unsupported
                ? Problem.unsupportedPushToken(unsupported.reason())
                : problem(((Result.Refused) result).why());
    }

    private static Problem problem(Registration refused) {
        if (refused instanceof Registration.ProofRequired required) {
            return Problem.deviceProofRequired(required.what());
        }
        if (refused instanceof Registration.NotAttested not) {
            return problem(not.result());
        }
        if (refused instanceof Registration.ChallengeRequired) {
            return Problem.keyChallengeRequired("The Device-Proof of a key that is new to the device needs the claim"
                    + " 'nonce': a key challenge that was made for the device within the last "
                    + KeyChallenges.LIFE.toMinutes() + " minutes, and has given it no key yet.");
        }
        return refused instanceof Registration.InvalidProof invalid
                ? Problem.invalidDeviceProof(invalid.why())
                : Problem.tooManyDevices("A customer has at most " + Devices.MAX_DEVICES + " devices.");
    }

    /** A call that is repeated gives another one. */
    @POST
    @Path("{deviceId}/key-challenge")
    public Response challenge(@PathParam("deviceId") String deviceId) {
        String id = deviceId(deviceId);
        refuse(Authority.toSettings(circumstances()));
        KeyChallenges.Issued issued = KeyChallenges.of(session).issue(caller.customer(), id);
        return Responses.ok(
                new ChallengeView(issued.challenge(), issued.expiresAt().toString()));
    }

    @PUT
    @Path("{deviceId}/proof")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response prove(@PathParam("deviceId") String deviceId, InputStream body) {
        String id = deviceId(deviceId);
        JsonBody json = JsonBody.read(session, body);
        String nonce = json.text("nonce", TextRule.NONCE);
        json.refuseOthers();
        refuse(Authority.toSettings(circumstances()));
        Proof proof = DeviceRegistration.prove(session, caller.customer(), id, nonce);
        if (proof instanceof Proof.Proved proved) {
            return Responses.ok(DeviceView.of(proved.device()));
        }
        throw problem(proof).toException();
    }

    private static Problem problem(Proof proof) {
        if (proof instanceof Proof.WrongNonce) {
            return Problem.wrongNonce("The nonce is not the last one that was sent to the push token.");
        }
        if (proof instanceof Proof.Over) {
            return Problem.proofOver(
                    "The nonce came too late, or after too many wrong ones. Register the device again.");
        }
        return proof instanceof Proof.NothingToProve
                ? Problem.nothingToProve("The device's push token needs no proof now.")
                : Problem.notFound("The customer has no such device.");
    }

    @DELETE
    @Path("{deviceId}")
    public Response remove(@PathParam("deviceId") String deviceId) {
        String id = deviceId(deviceId);
        refuse(Authority.toTakingBack(circumstances()));
        devices.remove(caller.customer(), id, caller.sessionId());
        return Responses.noContent();
    }

    private void refuse(Optional<Objection> objection) {
        objection.ifPresent(against -> {
            throw Objections.toException(session, against);
        });
    }

    private static String deviceId(String deviceId) {
        return Uuids.normalized(deviceId)
                .orElseThrow(() -> Problem.malformedRequest("The device's id in the path must be a UUID.")
                        .toException());
    }

    record ChallengeView(String challenge, String expiresAt) {}
}
