package io.assent.link;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One login in a browser that waits for the customer's app. An immutable view of a stored row, which changes only
 * through {@link Links}.
 *
 * @param id what the journey {@code app-link} calls it; never leaves the server
 * @param clientId the internal id of the client
 * @param browserHash what is kept of the browser's cookie
 * @param login the fingerprint of the login
 * @param known whether the browser knew the customer when the link was opened
 * @param userId the customer, or {@code null} as long as nobody knows who it is
 * @param requestId the consent request that the app answers, or {@code null} before it is asked
 * @param claim by which phone it was scanned or opened; {@code null} before
 * @param proof what the browser needs to go on; {@code null} before the customer approved
 * @param page where the login's page is, or {@code null}: for the browser alone that began
 * @param number two digits, 10 to 99, that the page shows
 * @param numberTries how often a number was sent for it
 * @param digitTries how often digits were sent for it
 * @param salt what tells its secret of now from those of before
 * @param renewedAt when its secret was renewed
 * @param expiresAt the first moment at which nothing can be done with it any more
 * @param deniedAt when the customer said no, or what was approved was taken back; or {@code null}
 * @param suspectedAt when it was found that somebody guesses; or {@code null}
 * @param usedAt when the login went on by it, or was gone on with by another way; or {@code null}
 */
public record Link(
        String id,
        String realmId,
        String clientId,
        String browserHash,
        String login,
        boolean known,
        String userId,
        Wish wish,
        Origin origin,
        String requestId,
        Claim claim,
        Proof proof,
        String page,
        String number,
        int numberTries,
        int digitTries,
        String salt,
        Instant createdAt,
        Instant renewedAt,
        Instant expiresAt,
        Instant deniedAt,
        Instant suspectedAt,
        Instant usedAt) {

    public Link {
        Objects.requireNonNull(id);
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(browserHash);
        Objects.requireNonNull(login);
        Objects.requireNonNull(wish);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(number);
        Objects.requireNonNull(salt);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(renewedAt);
        Objects.requireNonNull(expiresAt);
    }

    /** How it stands now. */
    public State state(Instant now) {
        return State.of(
                usedAt != null,
                deniedAt != null || suspectedAt != null,
                !now.isBefore(expiresAt),
                proof != null,
                proof != null && proof.goesOn(),
                claim != null);
    }

    /** Whether a phone can still scan it. */
    public boolean isClaimable(Instant now) {
        return state(now) == State.OPEN;
    }

    /**
     * Whether it was scanned or opened by this session of its customer's.
     *
     * @param sessionId or {@code null}
     */
    public boolean isClaimedBy(String userId, String sessionId) {
        return claim != null && claim.sessionId().equals(sessionId) && userId.equals(this.userId);
    }

    public Optional<Claim> findClaim() {
        return Optional.ofNullable(claim);
    }

    public Optional<Proof> findProof() {
        return Optional.ofNullable(proof);
    }

    public Optional<String> findPage() {
        return Optional.ofNullable(page);
    }

    public Optional<String> findRequestId() {
        return Optional.ofNullable(requestId);
    }

    /** Without what it keeps. */
    @Override
    public String toString() {
        return "Link[" + id + "]";
    }

    /** How a link stands. */
    public enum State {
        /** No phone has it. */
        OPEN,
        /** A phone has it, and its customer has not answered. */
        CLAIMED,
        /** The login can go on. */
        APPROVED,
        /** The customer approved, and the browser has yet to show that it is the one that the customer sees. */
        CODE,
        /** The customer said no, or somebody guessed. */
        DENIED,
        /** Its time is over, or the login went on. */
        OVER;

        /** As pages and the API spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the customer has yet to do something in the app. */
        public boolean waitsForApp() {
            return this == OPEN || this == CLAIMED;
        }

        /** @param lapsed whether its time is over */
        public static State of(
                boolean used, boolean denied, boolean lapsed, boolean approved, boolean goesOn, boolean claimed) {
            if (used) {
                return OVER;
            }
            if (denied) {
                return DENIED;
            }
            if (lapsed) {
                return OVER;
            }
            if (approved) {
                return goesOn ? APPROVED : CODE;
            }
            return claimed ? CLAIMED : OPEN;
        }
    }

    /**
     * By which phone it was scanned or opened.
     *
     * @param sessionId the app's user session
     * @param address from where; or {@code null}. Personal data.
     */
    public record Claim(String sessionId, String address, Instant at) {
        public Claim {
            Objects.requireNonNull(sessionId);
            Objects.requireNonNull(at);
        }

        /** Without the address. */
        @Override
        public String toString() {
            return "Claim[" + at + "]";
        }
    }

    /**
     * What shows that the browser that goes on is the one that the customer sees.
     *
     * @param codeDemanded whether it has to be shown
     * @param digits six digits that the app shows and the customer types into the browser; {@code null} once the login
     *     went on
     * @param returnSecret by which the app comes back to the browser of the same phone; {@code null} once the login
     *     went on, or once another browser had it
     * @param enteredAt when the digits were typed; or {@code null}
     * @param returnedAt when the app came back to the browser; or {@code null}
     */
    public record Proof(
            boolean codeDemanded, String digits, String returnSecret, Instant enteredAt, Instant returnedAt) {

        public boolean goesOn() {
            return !codeDemanded || enteredAt != null || returnedAt != null;
        }

        /** Without what it keeps. */
        @Override
        public String toString() {
            return "Proof[" + codeDemanded + "]";
        }
    }
}
