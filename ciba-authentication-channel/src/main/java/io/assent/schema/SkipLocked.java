package io.assent.schema;

import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/** Rows that this transaction locks, without those that another one holds. */
final class SkipLocked {

    /** @return the query itself, which waits for nobody */
    static <T> TypedQuery<T> in(TypedQuery<T> query) {
        return query.setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI);
    }

    private SkipLocked() {}
}
