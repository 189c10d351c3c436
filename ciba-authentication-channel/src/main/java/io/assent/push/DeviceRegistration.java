package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.device.Devices.Registration;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Registers a device for pushes, where there is a platform that reaches it. */
public final class DeviceRegistration {

    /** After that, the device is made known with its first push. */
    private static final Duration ANNOUNCEMENT_TTL = Duration.ofHours(1);

    private final Set<String> platforms;
    private final Function<String, PushSender> senders;
    private final Function<Device, Registration> store;
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
            Function<Device, Registration> store,
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
                device -> KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(),
                        session.getContext(),
                        own -> Devices.of(own).register(parties.customer(), device),
                        "device registration"),
                device -> session.getProvider(Outbox.class)
                        .enqueue(new Delivery(
                                RegistrationHandlerFactory.KIND,
                                parties,
                                null,
                                device.id(),
                                ServerTime.now().plus(ANNOUNCEMENT_TTL))));
    }

    /**
     * Registers a device, or refreshes it. Stored at once, in a transaction of its own, so that of two registrations at
     * the same time both are answered.
     */
    public Result register(Device device) {
        if (!platforms.contains(device.platform())) {
            return new Result.UnsupportedPlatform(platforms);
        }
        PushSender sender = senders.apply(device.platform());
        Optional<String> objection = sender.validate(device);
        if (objection.isPresent()) {
            return new Result.UnsupportedPushToken(objection.get());
        }
        if (!(save(device) instanceof Registration.Registered registered)) {
            return new Result.TooMany();
        }
        // some vendors want to know of a device before its first push
        if (sender.registersDevices()
                && registered.device().vendorHandle() == null
                && !registered.device().disabled()) {
            announcements.accept(registered.device());
        }
        return new Result.Registered(registered.device(), registered.created());
    }

    private Registration save(Device device) {
        try {
            return store.apply(device);
        } catch (ModelDuplicateException registeredMeanwhile) {
            return store.apply(device);
        }
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

        /** The customer has {@value Devices#MAX_DEVICES} others. */
        record TooMany() implements Result {}
    }
}
