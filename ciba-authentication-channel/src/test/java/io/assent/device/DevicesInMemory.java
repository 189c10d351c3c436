package io.assent.device;

import io.assent.server.Customer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Devices of a few customers, on one thread. */
final class DevicesInMemory implements DeviceStore {

    private final List<OwnedDevice> rows = new ArrayList<>();
    private final List<GoneDevice> gone = new ArrayList<>();

    @Override
    public void lock(Customer customer) {}

    @Override
    public List<Device> list(Customer customer) {
        return rows.stream()
                .filter(row -> row.customer().equals(customer))
                .map(OwnedDevice::device)
                .toList();
    }

    @Override
    public List<OwnedDevice> listCommitted(String realmId, Collection<String> userIds) {
        return rows.stream()
                .filter(row -> row.customer().realmId().equals(realmId)
                        && userIds.contains(row.customer().userId()))
                .toList();
    }

    @Override
    public Optional<String> registeredIn(Customer customer, String sessionId) {
        return list(customer).stream()
                .filter(device -> sessionId.equals(device.sessionId()))
                .map(Device::id)
                .findFirst();
    }

    @Override
    public Optional<Device> find(Customer customer, String id) {
        return list(customer).stream().filter(device -> device.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Device> findForUpdate(Customer customer, String id) {
        return find(customer, id);
    }

    @Override
    public List<OwnedDevice> withPushToken(String realmId, String platform, String pushToken) {
        return rows.stream()
                .filter(row -> row.customer().realmId().equals(realmId)
                        && row.device().platform().equals(platform)
                        && row.device().pushToken().equals(pushToken))
                .toList();
    }

    @Override
    public Device add(Customer customer, Device device) {
        rows.add(new OwnedDevice(customer, device));
        return device;
    }

    @Override
    public Device update(Customer customer, Device device) {
        remove(customer, device.id());
        return add(customer, device);
    }

    @Override
    public boolean recordVendorHandle(Customer customer, Device device, String vendorHandle) {
        return change(
                customer,
                device,
                row -> new Device(
                        row.id(),
                        row.platform(),
                        row.pushToken(),
                        row.label(),
                        row.locale(),
                        row.sessionId(),
                        row.registeredAt(),
                        vendorHandle,
                        row.state(),
                        row.enrolledKey()));
    }

    @Override
    public boolean disable(Customer customer, Device device) {
        return find(customer, device.id())
                        .filter(row -> !(row.state() instanceof DeviceState.Disabled))
                        .isPresent()
                && change(customer, device, row -> row.with(new DeviceState.Disabled()));
    }

    @Override
    public boolean moveAway(OwnedDevice owned) {
        return change(
                owned.customer(),
                owned.device(),
                row -> new Device(
                        row.id(),
                        row.platform(),
                        "",
                        row.label(),
                        row.locale(),
                        row.sessionId(),
                        row.registeredAt(),
                        null,
                        new DeviceState.Moved(Instant.EPOCH),
                        row.enrolledKey()));
    }

    @Override
    public boolean recordNonce(Customer customer, Device device, String nonceHash) {
        return change(
                customer,
                device,
                row -> row.state() instanceof DeviceState.Proving proving
                        ? row.with(new DeviceState.Proving(Optional.of(nonceHash), proving.until(), proving.wrong()))
                        : row);
    }

    private boolean change(Customer customer, Device device, UnaryOperator<Device> change) {
        Optional<Device> row = find(customer, device.id())
                .filter(current -> current.pushToken().equals(device.pushToken()));
        row.ifPresent(current -> update(customer, change.apply(current)));
        return row.isPresent();
    }

    @Override
    public boolean remove(Customer customer, String id) {
        return rows.removeIf(
                row -> row.customer().equals(customer) && row.device().id().equals(id));
    }

    @Override
    public void add(GoneDevice gone) {
        this.gone.add(gone);
    }

    @Override
    public Optional<GoneDevice> findGone(String id) {
        return gone.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public void forgetGone(String id) {
        gone.removeIf(one -> one.id().equals(id));
    }

    @Override
    public void removeAll(String realmId) {
        rows.removeIf(row -> row.customer().realmId().equals(realmId));
    }

    @Override
    public void removeAll(Customer customer) {
        rows.removeIf(row -> row.customer().equals(customer));
    }

    @Override
    public void close() {}
}
