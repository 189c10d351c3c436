package io.assent.request;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a customer answers. */
public sealed interface Decision {

    /**
     * Yes, to these permissions.
     *
     * @param selection the names of the permissions the customer chose, or empty for all that were asked for, where a
     *     part can't be granted
     */
    record Approve(Optional<Set<String>> selection) implements Decision {
        public Approve {
            selection = selection.map(Set::copyOf);
        }

        /** Yes, to everything that was asked for. */
        public static Approve everything() {
            return new Approve(Optional.empty());
        }

        /** Yes, to these permissions alone. */
        public static Approve only(Set<String> permissions) {
            return new Approve(Optional.of(Objects.requireNonNull(permissions)));
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
