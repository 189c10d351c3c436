package io.assent.device;

import io.assent.api.PublicApi;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Whether pushes reach a device, and if not, why. */
@PublicApi
public sealed interface DeviceState {

    /** How it is called where it is shown. */
    String word();

    /**
     * They do.
     *
     * @param provedBy the hash of the nonce by which its app proved that the push token is its own, where it had to
     */
    record Active(Optional<String> provedBy) implements DeviceState {
        public Active {
            Objects.requireNonNull(provedBy);
        }

        @Override
        public String word() {
            return "active";
        }
    }

    /**
     * Another device has the push token, and keeps it until this one's app returns a nonce that was sent there.
     *
     * @param nonceHash the hash of the last nonce that was sent; empty before the first is
     * @param until when it has to start again
     * @param wrong how many wrong nonces came back
     */
    record Proving(Optional<String> nonceHash, Instant until, int wrong) implements DeviceState {
        public Proving {
            Objects.requireNonNull(nonceHash);
            Objects.requireNonNull(until);
        }

        @Override
        public String word() {
            return "proving";
        }
    }

    /** The vendor said that the push token is dead; a fresh one enables the device again. */
    record Disabled() implements DeviceState {

        @Override
        public String word() {
            return "disabled";
        }
    }

    /** The push token went to another device, which proved that it is its own; it is not kept here any more. */
    record Moved(Instant at) implements DeviceState {
        public Moved {
            Objects.requireNonNull(at);
        }

        @Override
        public String word() {
            return "moved";
        }
    }
}
