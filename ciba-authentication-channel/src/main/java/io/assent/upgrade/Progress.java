package io.assent.upgrade;

import java.util.Optional;

/** How far the import came: realm by realm, and customer by customer within one. */
sealed interface Progress {

    /** The id of no realm, and before all that are. */
    Progress BEGIN = new Behind("-");

    /** The inverse of {@link Object#toString}. */
    static Progress parse(String text) {
        String[] parts = text.split(" ", 3);
        return switch (parts[0]) {
            case "behind" -> new Behind(parts[1]);
            case "within" -> new Within(parts[1], parts[2]);
            default -> new Done();
        };
    }

    /** Whether a realm is to be looked at, or to be looked at again. */
    boolean leaves(String realmId);

    /** After which of the realm's customers to go on; empty for before all of them. */
    default Optional<String> lastCustomer(String realmId) {
        return Optional.empty();
    }

    /** All realms up to this one, in the order of their ids. */
    record Behind(String realmId) implements Progress {
        @Override
        public boolean leaves(String other) {
            return other.compareTo(realmId) > 0;
        }

        @Override
        public String toString() {
            return "behind " + realmId;
        }
    }

    /** All realms before this one, and its customers up to this one, in the database's order of their ids. */
    record Within(String realmId, String userId) implements Progress {
        @Override
        public boolean leaves(String other) {
            return other.compareTo(realmId) >= 0;
        }

        @Override
        public Optional<String> lastCustomer(String other) {
            return other.equals(realmId) ? Optional.of(userId) : Optional.empty();
        }

        @Override
        public String toString() {
            return "within " + realmId + ' ' + userId;
        }
    }

    /** Everything. */
    record Done() implements Progress {
        @Override
        public boolean leaves(String other) {
            return false;
        }

        @Override
        public String toString() {
            return "done";
        }
    }
}
