package io.assent.consent;

import io.assent.consent.Consent.Access;
import io.assent.server.AssentEvent;
import java.util.Objects;
import java.util.Set;

/** What happens to a consent. Told by {@link Consents}, within the transaction in which it happens. */
public sealed interface ConsentEvent extends AssentEvent {

    /** The consent, as it is from now on. */
    Consent consent();

    /**
     * A customer granted something to a client.
     *
     * @param requestId by the answer to which request
     */
    record Granted(Consent consent, String requestId) implements ConsentEvent {

        /** By the answer that the consent came from. */
        Granted(Consent consent) {
            this(consent, consent.requestId());
        }
    }

    /**
     * It goes on, and its tokens from before end.
     *
     * @param before what those hang on
     * @param userSessionId what the next ones will hang on, and what goes on
     */
    record Renewed(Consent consent, Consent.TokenSession before, String userSessionId) implements ConsentEvent {}

    /**
     * A part was taken back.
     *
     * @param lost what it granted and does not any more
     */
    record Narrowed(Consent consent, Access lost, Actor by) implements ConsentEvent {
        public Narrowed {
            Objects.requireNonNull(lost);
        }

        /** The names of the permissions that it does not grant any more; none where it lost some of their claims. */
        public Set<String> takenBack() {
            Set<String> names = lost.names();
            names.removeAll(consent.names());
            return names;
        }
    }

    /**
     * The bank's permissions changed, and it grants the same or less by other names.
     *
     * @param before the names of the permissions that it granted
     */
    record Changed(Consent consent, Set<String> before) implements ConsentEvent {
        public Changed {
            before = Set.copyOf(before);
        }
    }

    /** The customer is to be asked to confirm it. */
    record ConfirmationDue(Consent consent) implements ConsentEvent {}

    /** The customer confirmed it. */
    record Confirmed(Consent consent, Actor by) implements ConsentEvent {}

    /** It was not confirmed in time, and is worth nothing until it is. */
    record Suspended(Consent consent) implements ConsentEvent {}

    /** It ended. Told once for each consent. */
    record Ended(Consent consent, Actor by) implements ConsentEvent {}
}
