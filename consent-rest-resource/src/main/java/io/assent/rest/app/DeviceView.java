package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.Device;
import io.assent.device.DeviceState;
import io.assent.rest.KeyView;
import java.util.List;

/**
 * A device as the API shows it: never with its push token.
 *
 * @param disabled whether no push reaches it: its push token is dead, or went to another device
 * @param keyId the thumbprint of its key, or {@code null} where it has none
 * @param key the same with how it is kept, or {@code null}
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
        KeyView key,
        String registeredAt) {

    static DeviceView of(Device device) {
        DeviceState state = device.state();
        return new DeviceView(
                device.id(),
                device.platform(),
                device.label(),
                device.locale(),
                state.word(),
                state instanceof DeviceState.Disabled || state instanceof DeviceState.Moved,
                state instanceof DeviceState.Moved moved ? moved.at().toString() : null,
                device.enrolledKey().map(enrolled -> enrolled.key().id()).orElse(null),
                device.enrolledKey().map(KeyView::of).orElse(null),
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
}
