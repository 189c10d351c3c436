package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.device.Devices.Proof;
import io.assent.device.Devices.Registration;
import io.assent.device.Enrolment;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.push.Platforms;
import io.assent.push.PushSender;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Registers a device for pushes, where there is a platform that reaches it. */
public final class DeviceRegistration {

    /** After that, the device is made known with its first push. */
    private static final Duration ANNOUNCEMENT_TTL = Duration.ofHours(1);

    private static final int MAX_ATTEMPTS = 4;

    private static final Logger LOG = Logger.getLogger(DeviceRegistration.class);

    private final Set<String> platforms;
    private final Function<String, PushSender> senders;
    private final Function<Enrolment, Registration> store;
    private final Consumer<Device> announcements;

    /**
     * @param platforms those that the customer may register for
     * @param senders by platform
     * @param store stores a device in a transaction of its own
     * @param announcements takes devices that their vendor is to be told of
     */
    DeviceRegistration(
            Set<String> platforms,
            Function<String, PushSender> senders,
            Function<Enrolment, Registration> store,
            Consumer<Device> announcements) {
        this.platforms = platforms;
        this.senders = senders;
        this.store = store;
        this.announcements = announcements;
    }

    /** For the customer among these parties; the client is the app that registers. */
    public static DeviceRegistration of(KeycloakSession session, RealmModel realm, Parties parties) {
        return new DeviceRegistration(
                Platforms.of(session, realm),
                platform -> session.getProvider(PushSender.class, platform),
                enrolment -> inOwnTransaction(session, devices -> devices.register(parties.customer(), enrolment)),
                device -> session.getProvider(Outbox.class)
                        .enqueue(new Delivery(
                                RegistrationHandlerFactory.KIND,
                                parties,
                                null,
                                device.id(),
                                ServerTime.now().plus(ANNOUNCEMENT_TTL))));
    }

    /** Takes the nonce that a device's app returns. In a transaction of its own, so that a wrong one is counted. */
    public static Proof prove(KeycloakSession session, Customer customer, String deviceId, String nonce) {
        return inOwnTransaction(session, devices -> devices.prove(customer, deviceId, nonce));
    }

    private static <T> T inOwnTransaction(KeycloakSession session, Function<Devices, T> call) {
        return again(() -> KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> call.apply(Devices.of(own)),
                "device registration"));
    }

    /**
     * Of many at once some lose: against the customer's first, which makes the row that all wait for, to a deadlock, or
     * to a database that waits for a lock no longer than a second.
     */
    static <T> T again(Supplier<T> call) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return call.get();
            } catch (ModelException lost) {
                LOG.debugf("Trying a change of a device again: %s", lost.getMessage());
            }
        }
        return call.get();
    }

    /**
     * Registers a device, or refreshes it. Stored at once, in a transaction of its own, so that of two registrations at
     * the same time both are answered.
     */
    public Result register(Enrolment enrolment) {
        Device device = enrolment.device();
        if (!platforms.contains(device.platform())) {
            return new Result.UnsupportedPlatform(platforms);
        }
        PushSender sender = senders.apply(device.platform());
        Optional<String> objection = sender.validate(device);
        if (objection.isPresent()) {
            return new Result.UnsupportedPushToken(objection.get());
        }
        Registration registration = store.apply(enrolment);
        if (!(registration instanceof Registration.Registered registered)) {
            return new Result.Refused(registration);
        }
        // some vendors want to know of a device before its first push
        if (sender.registersDevices()
                && registered.device().vendorHandle() == null
                && registered.device().isReachable()) {
            announcements.accept(registered.device());
        }
        return new Result.Registered(registered.device(), registered.created());
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * The device is registered.
         *
         * @param device as it is stored
         * @param created whether it is new
         */
        record Registered(Device device, boolean created) implements Result {}

        /** The customer's devices can't be registered for the platform. */
        record UnsupportedPlatform(Set<String> supported) implements Result {}

        /**
         * No push could be sent with the push token.
         *
         * @param reason words for the app's developer, without the push token
         */
        record UnsupportedPushToken(String reason) implements Result {}

        /** The door refuses it, with these words. */
        record Refused(Registration why) implements Result {}
    }
}
