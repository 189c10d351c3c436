package io.assent.authority;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why an answer is not taken. */
public sealed interface Objection {

    /** A login like this one never answers. */
    record Refused(Reason reason) implements Objection {
        public Refused {
            Objects.requireNonNull(reason);
        }
    }

    /**
     * The login is too weak or too old; one that is strong and new enough answers (RFC 9470).
     *
     * @param acrValues what it has to reach, the highest first; empty where only its age is wrong, or no login will do
     * @param maxAge how old it may be, or empty where any age will do
     */
    record WeakLogin(List<String> acrValues, Optional<Duration> maxAge) implements Objection {
        public WeakLogin {
            acrValues = List.copyOf(acrValues);
            Objects.requireNonNull(maxAge);
        }
    }

    /** Why it never does. */
    enum Reason {
        /** An admin acts in the customer's place. */
        IMPERSONATED,
        /** The session outlives the customer's login, or there is none. */
        OFFLINE,
        /** The customer is locked out after wrong passwords. */
        LOCKED_OUT,
        /** The customer is disabled. */
        CUSTOMER_DISABLED,
        /** The client that asks is disabled. */
        ASKER_DISABLED,
        /** The client that answers is disabled. */
        APP_DISABLED
    }
}
