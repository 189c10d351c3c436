package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.Device;

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
}
