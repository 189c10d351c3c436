package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.Device;
import io.assent.device.DeviceState;
import java.util.List;

/**
 * A device as the API shows it: never with its push token.
 *
 * @param disabled whether no push reaches it: its push token is dead, or went to another device
 * @param keyId the thumbprint of its key, or {@code null} where it has none
 */
@JsonInclude
record DeviceView(
        String deviceId,
        String platform,
        String label,
        String locale,
        String status,
        boolean disabled,
        String movedAt,
        String keyId,
        String registeredAt) {

    static DeviceView of(Device device) {
        DeviceState state = device.state();
        return new DeviceView(
                device.id(),
                device.platform(),
                device.label(),
                device.locale(),
                status(state),
                state instanceof DeviceState.Disabled || state instanceof DeviceState.Moved,
                state instanceof DeviceState.Moved moved ? moved.at().toString() : null,
                device.enrolledKey().map(enrolled -> enrolled.key().id()).orElse(null),
                device.registeredAt().toString());
    }

    /**
     * A list that is whole: a customer has few devices.
     *
     * @param next {@code null}
     */
    @JsonInclude
    record Listed(List<DeviceView> devices, String next) {

        static Listed of(List<Device> devices) {
            return new Listed(devices.stream().map(DeviceView::of).toList(), null);
        }
    }

    private static String status(DeviceState state) {
        if (state instanceof DeviceState.Moved) {
            return "moved";
        }
        if (state instanceof DeviceState.Disabled) {
            return "disabled";
        }
        return state instanceof DeviceState.Proving ? "proving" : "active";
    }
}
