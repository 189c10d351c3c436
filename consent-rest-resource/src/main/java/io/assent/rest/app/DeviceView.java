package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.Device;
import java.util.List;

/** A device as the API shows it: never with its push token. */
@JsonInclude
record DeviceView(
        String deviceId, String platform, String label, String locale, boolean disabled, String registeredAt) {

    static DeviceView of(Device device) {
        return new DeviceView(
                device.id(),
                device.platform(),
                device.label(),
                device.locale(),
                device.disabled(),
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
