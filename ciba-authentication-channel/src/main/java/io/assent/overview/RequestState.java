package io.assent.overview;

import io.assent.request.ConsentRequestStatus;
import java.time.Instant;

/** How a request stands for staff: what its row says, and the clock. */
public enum RequestState {
    /** Waiting for an answer that can still be given. */
    PENDING,
    /** Granted, and not fetched yet. */
    APPROVED,
    DENIED,
    /** Never answered in time. */
    EXPIRED,
    REDEEMED,
    /** Granted, and taken back before it was fetched. */
    WITHDRAWN,
    /** Denied, and the customer says that it was none of theirs. */
    REPORTED;

    boolean is(ConsentRequestStatus status, Instant expiresAt, boolean reported, Instant now) {
        return switch (this) {
            case PENDING -> status == ConsentRequestStatus.PENDING && now.isBefore(expiresAt);
            case EXPIRED -> status == ConsentRequestStatus.PENDING && !now.isBefore(expiresAt);
            case APPROVED -> status == ConsentRequestStatus.APPROVED;
            case DENIED -> status == ConsentRequestStatus.DENIED;
            case REDEEMED -> status == ConsentRequestStatus.REDEEMED;
            case WITHDRAWN -> status == ConsentRequestStatus.WITHDRAWN;
            case REPORTED -> status == ConsentRequestStatus.DENIED && reported;
        };
    }
}
