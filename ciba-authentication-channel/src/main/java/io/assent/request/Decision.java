package io.assent.request;

import io.assent.detail.Details;
import io.assent.signature.DecisionSignature;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a customer answers. */
public sealed interface Decision {

    /**
     * Yes, to these permissions and details.
     *
     * @param selection the names of the permissions the customer chose, or empty for all that were asked for, where a
     *     part can't be granted
     * @param details the authorization details as the customer grants them, or empty for all that were asked for, where
     *     there is nothing to choose
     * @param signature by which the customer signed it, where the customer did
     * @param number that a page shows and the customer typed into the app; looked at where the app has not scanned it
     */
    record Approve(
            Optional<Set<String>> selection,
            Optional<Details> details,
            Optional<DecisionSignature> signature,
            Optional<String> number)
            implements Decision {
        public Approve {
            selection = selection.map(Set::copyOf);
            Objects.requireNonNull(details);
            Objects.requireNonNull(signature);
            Objects.requireNonNull(number);
        }

        /** One without a number. */
        public Approve(
                Optional<Set<String>> selection, Optional<Details> details, Optional<DecisionSignature> signature) {
            this(selection, details, signature, Optional.empty());
        }

        /** One that is not signed. */
        public Approve(Optional<Set<String>> selection, Optional<Details> details) {
            this(selection, details, Optional.empty());
        }

        /** Yes, to everything that was asked for. */
        public static Approve everything() {
            return new Approve(Optional.empty(), Optional.empty());
        }

        /** Yes, to these permissions alone, and to all details. */
        public static Approve only(Set<String> permissions) {
            return new Approve(Optional.of(Objects.requireNonNull(permissions)), Optional.empty());
        }
    }

    /**
     * No.
     *
     * @param reported whether the customer also says that the question was none of theirs, so that the client is
     *     blocked
     */
    record Deny(boolean reported) implements Decision {

        /** No, and nothing else. */
        public Deny() {
            this(false);
        }
    }
}
