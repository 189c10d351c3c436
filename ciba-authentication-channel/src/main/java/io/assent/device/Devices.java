package io.assent.device;

import io.assent.device.DeviceStore.GoneDevice;
import io.assent.device.DeviceStore.OwnedDevice;
import io.assent.device.attestation.AttestationResult;
import io.assent.device.attestation.Attestations;
import io.assent.server.AssentEventListener;
import io.assent.server.Base64Url;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * The door to customers' devices. Every rule about a device's row is here, and every change is told to the
 * {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class Devices {

    /** The largest number of devices that a customer can register. */
    public static final int MAX_DEVICES = 20;

    /** For how long an app can return the nonce that was sent to its push token. */
    public static final Duration PROOF_LIFE = Duration.ofMinutes(5);

    /** For how long a device that is gone is told. */
    static final Duration FAREWELL_LIFE = Duration.ofDays(1);

    static final int MAX_WRONG_NONCES = 5;

    private static final int NONCE_BYTES = 16;

    private final DeviceStore store;
    private final Challenges challenges;
    private final Attester attester;
    private final Consumer<DeviceEvent> events;
    private final Supplier<Instant> now;

    Devices(
            DeviceStore store,
            Challenges challenges,
            Attester attester,
            Consumer<DeviceEvent> events,
            Supplier<Instant> now) {
        this.store = store;
        this.challenges = challenges;
        this.attester = attester;
        this.events = events;
        this.now = now;
    }

    public static Devices of(KeycloakSession session) {
        return new Devices(
                session.getProvider(DeviceStore.class),
                KeyChallenges.of(session),
                (attestation, challenge, key) ->
                        Attestations.of(session).verify(attestation, challenge, key.publicKey()),
                event -> AssentEventListener.tell(session, event),
                ServerTime::now);
    }

    /** The customer's devices, oldest registration first. */
    public List<Device> list(Customer customer) {
        return store.list(customer);
    }

    /**
     * The devices of some customers of a realm, as they are committed, by the customer's id; each customer's oldest
     * registration first.
     */
    public Map<String, List<Device>> listCommitted(String realmId, Collection<String> userIds) {
        return store.listCommitted(realmId, userIds).stream()
                .collect(Collectors.groupingBy(
                        owned -> owned.customer().userId(),
                        Collectors.mapping(OwnedDevice::device, Collectors.toList())));
    }

    public Optional<Device> find(Customer customer, String id) {
        return store.find(customer, id);
    }

    /** The id of the device that was registered in this user session; none for {@code null}. */
    public Optional<String> registeredIn(Customer customer, String sessionId) {
        return sessionId == null ? Optional.empty() : store.registeredIn(customer, sessionId);
    }

    /**
     * Registers a device, or refreshes the one that the customer registered under the same id, if the call shows that
     * it may ({@link Enrolment}). A push token reaches one installation. Where a device has it that has a key, or was
     * not registered in the same login, this one has to prove that it is its own, by {@link #prove}; until then the
     * other keeps it.
     *
     * @throws org.keycloak.models.ModelDuplicateException if another transaction was the customer's first meanwhile:
     *     try again in a new one
     */
    public Registration register(Customer customer, Enrolment enrolment) {
        // before the first read: what is counted is what the one before has committed
        store.lock(customer);
        Device wanted = enrolment.device();
        Optional<Device> known = store.findForUpdate(customer, wanted.id());
        Enrolment.Verdict verdict =
                enrolment.judge(known, challenge -> challenges.stands(customer, wanted.id(), challenge), attester);
        if (verdict instanceof Enrolment.Verdict.Refused refused) {
            if (refused.isSuspicious()) {
                events.accept(new DeviceEvent.Refused(customer, wanted.id(), wanted.sessionId()));
            }
            return refused.why();
        }
        Enrolment.Verdict.Allowed allowed = (Enrolment.Verdict.Allowed) verdict;
        List<OwnedDevice> holders = others(customer, wanted);
        // one with a key is changed by its key alone, and so not forgotten by the login either
        List<OwnedDevice> sameApp = holders.stream()
                .filter(holder -> holder.customer().equals(customer)
                        && holder.device().isOfTheLoginOf(wanted)
                        && holder.device().enrolledKey().isEmpty())
                .toList();
        if (known.isEmpty() && !makeRoom(customer, sameApp)) {
            return new Registration.TooMany();
        }
        sameApp.forEach(this::forgetMoved);
        boolean taken = false;
        for (OwnedDevice holder : holders) {
            if (!sameApp.contains(holder)) {
                if (holder.device().isReachable()) {
                    taken = true;
                } else if (holder.device().state() instanceof DeviceState.Disabled) {
                    // nobody loses anything by it
                    moveAway(holder);
                }
            }
        }
        Device next = known.map(before -> before.registeredAgain(wanted))
                .orElse(wanted)
                .with(allowed.key());
        boolean starts = taken && !isProving(next);
        if (starts) {
            next = next.with(new DeviceState.Proving(Optional.empty(), now.get().plus(PROOF_LIFE), 0));
        } else if (!taken && next.state() instanceof DeviceState.Proving) {
            next = next.with(new DeviceState.Active(Optional.empty()));
        }
        Device stored = known.isPresent() ? store.update(customer, next) : store.add(customer, next);
        allowed.challenge().ifPresent(challenges::spend);
        tell(customer, known, stored);
        if (starts) {
            events.accept(
                    new DeviceEvent.ProofDue(customer, stored.id(), now.get().plus(PROOF_LIFE)));
        }
        return new Registration.Registered(stored, known.isEmpty());
    }

    private boolean isProving(Device device) {
        return device.state() instanceof DeviceState.Proving proving
                && now.get().isBefore(proving.until());
    }

    private List<OwnedDevice> others(Customer customer, Device device) {
        return store.withPushToken(customer.realmId(), device.platform(), device.pushToken()).stream()
                .filter(other -> !(other.customer().equals(customer)
                        && other.device().id().equals(device.id())))
                .toList();
    }

    /** A device whose push token moved makes room for another, the one that moved first. */
    private boolean makeRoom(Customer customer, List<OwnedDevice> going) {
        List<Device> staying = store.list(customer).stream()
                .filter(device ->
                        going.stream().noneMatch(owned -> owned.device().id().equals(device.id())))
                .toList();
        if (staying.size() < MAX_DEVICES) {
            return true;
        }
        Optional<Device> first = staying.stream()
                .filter(device -> device.state() instanceof DeviceState.Moved)
                .min(Comparator.comparing(device -> ((DeviceState.Moved) device.state()).at()));
        first.ifPresent(device -> store.remove(customer, device.id()));
        return first.isPresent();
    }

    private void tell(Customer customer, Optional<Device> before, Device now) {
        if (before.isEmpty()) {
            events.accept(new DeviceEvent.Registered(customer, now.id(), now.platform(), now.sessionId()));
            return;
        }
        Optional<DeviceKey> key = now.enrolledKey().map(EnrolledKey::key);
        Optional<String> newKey = key.equals(before.get().enrolledKey().map(EnrolledKey::key))
                ? Optional.empty()
                : key.map(DeviceKey::id);
        if (newKey.isPresent() || !before.get().isOfTheLoginOf(now)) {
            events.accept(new DeviceEvent.RegisteredAgain(customer, now.id(), now.platform(), now.sessionId(), newKey));
            if (!before.get().hasPushTokenOf(now) && !hasKeyOf(before.get(), now)) {
                // another installation took its place
                bidFarewell(customer, before.get());
            }
        }
    }

    private static boolean hasKeyOf(Device before, Device now) {
        Optional<DeviceKey> key = now.enrolledKey().map(EnrolledKey::key);
        return key.isPresent() && key.equals(before.enrolledKey().map(EnrolledKey::key));
    }

    private void forgetMoved(OwnedDevice owned) {
        if (store.remove(owned.customer(), owned.device().id())) {
            tellMoved(owned);
        }
    }

    private void moveAway(OwnedDevice owned) {
        if (store.moveAway(owned)) {
            tellMoved(owned);
        }
    }

    private void tellMoved(OwnedDevice owned) {
        events.accept(new DeviceEvent.Moved(
                owned.customer(), owned.device().id(), owned.device().platform()));
    }

    /**
     * A nonce to be sent to the device's push token, so that its app can {@link #prove} that it gets what is sent
     * there. A later one takes the place of an earlier.
     *
     * @return empty where the device has nothing to prove (any more)
     */
    public Optional<String> newNonce(Customer customer, Device device) {
        if (!isProving(device)) {
            return Optional.empty();
        }
        String nonce = Base64Url.random(NONCE_BYTES);
        return store.recordNonce(customer, device, Sha256.of(nonce)) ? Optional.of(nonce) : Optional.empty();
    }

    /**
     * The device's app returns the nonce that was sent to its push token. Whoever had the push token before gets no
     * pushes there from now on. A repeat is answered as the first time.
     */
    public Proof prove(Customer customer, String id, String nonce) {
        Optional<Device> found = store.findForUpdate(customer, id);
        if (found.isEmpty()) {
            return new Proof.NoSuchDevice();
        }
        Device device = found.get();
        String hash = Sha256.of(nonce);
        if (device.state() instanceof DeviceState.Active active) {
            return active.provedBy().filter(hash::equals).isPresent()
                    ? new Proof.Proved(device)
                    : new Proof.NothingToProve();
        }
        if (!(device.state() instanceof DeviceState.Proving proving)) {
            return new Proof.NothingToProve();
        }
        if (!isProving(device) || proving.wrong() >= MAX_WRONG_NONCES) {
            return new Proof.Over();
        }
        if (proving.nonceHash().filter(hash::equals).isEmpty()) {
            store.update(
                    customer,
                    device.with(new DeviceState.Proving(proving.nonceHash(), proving.until(), proving.wrong() + 1)));
            return new Proof.WrongNonce();
        }
        others(customer, device).stream()
                .filter(other -> !(other.device().state() instanceof DeviceState.Proving))
                .forEach(this::moveAway);
        Device proved = store.update(customer, device.with(new DeviceState.Active(Optional.of(hash))));
        events.accept(new DeviceEvent.Proved(customer, proved.id(), proved.platform()));
        return new Proof.Proved(proved);
    }

    /**
     * Forgets a device, if it is there. It takes no key: a customer who has lost a phone removes it by another.
     *
     * @param sessionId the user session that asks for it, or {@code null}
     */
    public void remove(Customer customer, String id, String sessionId) {
        Optional<Device> found = store.find(customer, id);
        boolean elsewhere = found.filter(device -> sessionId != null && sessionId.equals(device.sessionId()))
                .isEmpty();
        if (store.remove(customer, id)) {
            events.accept(new DeviceEvent.Removed(customer, id, sessionId, elsewhere));
            // also where its own login asks for it: who has stolen its token asks in the same
            found.ifPresent(device -> bidFarewell(customer, device));
        }
    }

    /** What it was reached by is kept apart from the customer's devices, and only until it is told. */
    private void bidFarewell(Customer customer, Device device) {
        if (device.isReachable()) {
            Instant until = now.get().plus(FAREWELL_LIFE);
            GoneDevice gone = new GoneDevice(UUID.randomUUID().toString(), customer, device, until);
            store.add(gone);
            events.accept(new DeviceEvent.FarewellDue(customer, device.id(), gone.id(), until));
        }
    }

    /** A device that is gone and was not told yet. */
    public Optional<Device> gone(Customer customer, String goneId) {
        return store.findGone(goneId)
                .filter(gone -> gone.customer().equals(customer))
                .map(GoneDevice::device);
    }

    /** A device that is gone was told, or can't be. */
    public void forgetGone(String goneId) {
        store.forgetGone(goneId);
    }

    /**
     * Forgets a device that the customer has lost, with its key and its push token.
     *
     * @return it, the first time; empty where it is gone, or never was
     */
    public Optional<Device> lose(Customer customer, String id) {
        Optional<Device> lost = store.find(customer, id).filter(device -> store.remove(customer, id));
        lost.ifPresent(device -> {
            events.accept(new DeviceEvent.Lost(customer, id));
            bidFarewell(customer, device);
        });
        return lost;
    }

    /** The vendor calls the device so from now on; kept unless the device has got another push token meanwhile. */
    public void recordVendorHandle(Customer customer, Device device, String vendorHandle) {
        store.recordVendorHandle(customer, device, vendorHandle);
    }

    /** The vendor says that the push token is dead; kept unless the device has got another meanwhile. */
    public void disable(Customer customer, Device device) {
        if (store.disable(customer, device)) {
            events.accept(new DeviceEvent.Disabled(customer, device.id(), device.platform()));
        }
    }

    /** What came of a registration. */
    public sealed interface Registration {

        /**
         * The device is registered.
         *
         * @param device as it is stored
         * @param created whether it is new
         */
        record Registered(Device device, boolean created) implements Registration {}

        /** It is not: the customer has {@value Devices#MAX_DEVICES} others. */
        record TooMany() implements Registration {}

        /**
         * It is not: the call does not show that it comes from the device's own app.
         *
         * @param what words for the app's developer
         */
        record ProofRequired(String what) implements Registration {}

        /**
         * It is not: a proof that came with the call does not hold.
         *
         * @param why words for the app's developer
         */
        record InvalidProof(String why) implements Registration {}

        /** It is not: the proof of a key that is new to the device names no challenge that stands. */
        record ChallengeRequired() implements Registration {}

        /**
         * It is not: the attestation of a key that is new to the device does not hold, or nobody here can say.
         *
         * @param result which of both, and why; not that it holds
         */
        record NotAttested(AttestationResult result) implements Registration {}

        /** It is not: a login like the caller's does not give the device this key. */
        record LoginNotGoodEnough() implements Registration {}
    }

    /** What came of a nonce. */
    public sealed interface Proof {

        /** The push token is the device's own. */
        record Proved(Device device) implements Proof {}

        /** It is not the last nonce that was sent. */
        record WrongNonce() implements Proof {}

        /** It came too late, or after too many wrong ones: the device is to be registered again. */
        record Over() implements Proof {}

        /** Nobody asked for a proof. */
        record NothingToProve() implements Proof {}

        /** The customer has no such device. */
        record NoSuchDevice() implements Proof {}
    }
}
