package io.assent.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.device.Device;
import io.assent.rest.KeyView;
import java.util.List;

/**
 * A customer's device as staff see it.
 *
 * @param key {@code null} where it has none
 * @param sessionId the user session that registered it last, or {@code null}
 */
@JsonInclude
record StaffDeviceView(
        String deviceId,
        String platform,
        String label,
        String status,
        KeyView key,
        String registeredAt,
        String sessionId) {

    private static StaffDeviceView of(Device device) {
        return new StaffDeviceView(
                device.id(),
                device.platform(),
                device.label(),
                device.state().word(),
                device.enrolledKey().map(KeyView::of).orElse(null),
                device.registeredAt().toString(),
                device.sessionId());
    }

    /** A list that is whole: a customer has few devices. */
    @JsonInclude
    record Listed(List<StaffDeviceView> devices) {

        static Listed of(List<Device> devices) {
            return new Listed(devices.stream().map(StaffDeviceView::of).toList());
        }
    }
}
