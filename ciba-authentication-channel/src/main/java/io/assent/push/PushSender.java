package io.assent.push;

import io.assent.api.PublicApi;
import io.assent.device.Device;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * Sends pushes to the devices of one platform. The provider's id is the name that devices give as their platform.
 *
 * <p>{@link #send} runs on a background thread, after the session that the sender was made from is closed and with no
 * transaction open: it may take as long as its own time-outs allow, and must not use that session.
 */
@PublicApi
public interface PushSender extends Provider {

    /**
     * Sends one push to one device. May be called again with the same push.
     *
     * @return what came of it; an I/O error is a {@link PushResult.RetryLater}, not an exception
     */
    PushResult send(Device device, Push push);

    /**
     * Why no push could be sent to a device, as far as this server can tell from its settings and the push token: asked
     * when an app registers the device, on that call's thread, so that it asks nobody. Better refused than registered
     * and never reached.
     *
     * @return words for the app's developer, without the push token; empty where nothing speaks against it
     */
    default Optional<String> validate(Device device) {
        return Optional.empty();
    }

    /**
     * Whether what is sent reaches whoever has the push token: then an app proves by what it gets that the push token
     * is its own.
     */
    default boolean reachesThePushToken() {
        return true;
    }

    /** Whether the vendor wants to know of a device before its first push, by {@link #register}. */
    default boolean registersDevices() {
        return false;
    }

    /**
     * Makes a device known to the vendor when its app registers it, so that the first push needs no more than a send.
     * Runs like {@link #send}, and like it may be called again or, where the device is gone meanwhile, never.
     *
     * @return what came of it; the vendor's handle in a {@link PushResult.Delivered} is kept with the device
     */
    default PushResult register(Device device) {
        return new PushResult.Delivered();
    }

    @Override
    default void close() {}
}
