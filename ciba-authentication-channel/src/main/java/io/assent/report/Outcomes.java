package io.assent.report;

import io.assent.request.ConsentRequestStatus;

/**
 * How many requests came to what. What is no component is computed from them, so that the sums always hold: asked =
 * authorised + rejected + abandoned, and, where requests know of tokens, authorised = redeemed + withdrawn + failed.
 *
 * @param opened those that the customer had before their eyes, answered or not
 * @param inFull all that was asked was granted
 * @param inPart some of it was
 * @param rejected nothing was
 * @param reported those of the rejected that the customer did not start, and said so while there was time to answer
 * @param neverOpened not answered, and not looked at
 * @param openedNotAnswered looked at, and not answered
 * @param redeemed those of the authorised for which the client fetched its tokens
 * @param withdrawn those of the authorised that the customer took back before
 */
public record Outcomes(
        long opened,
        long inFull,
        long inPart,
        long rejected,
        long reported,
        long neverOpened,
        long openedNotAnswered,
        long redeemed,
        long withdrawn) {

    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static Outcomes of(SettledRequest request) {
        ConsentRequestStatus status = request.status();
        boolean pending = status == ConsentRequestStatus.PENDING;
        boolean denied = status == ConsentRequestStatus.DENIED;
        boolean granted = !pending && !denied;
        return new Outcomes(
                one(request.opened()),
                one(granted && request.inFull()),
                one(granted && !request.inFull()),
                one(denied),
                one(denied && request.reported()),
                one(pending && !request.opened()),
                one(pending && request.opened()),
                one(status == ConsentRequestStatus.REDEEMED),
                one(status == ConsentRequestStatus.WITHDRAWN));
    }

    private static long one(boolean counts) {
        return counts ? 1 : 0;
    }

    public Outcomes plus(Outcomes other) {
        return new Outcomes(
                opened + other.opened,
                inFull + other.inFull,
                inPart + other.inPart,
                rejected + other.rejected,
                reported + other.reported,
                neverOpened + other.neverOpened,
                openedNotAnswered + other.openedNotAnswered,
                redeemed + other.redeemed,
                withdrawn + other.withdrawn);
    }

    public long asked() {
        return authorised() + rejected + abandoned();
    }

    public long authorised() {
        return inFull + inPart;
    }

    public long abandoned() {
        return neverOpened + openedNotAnswered;
    }

    /**
     * The customer said yes, and the client did not fetch its tokens in time; see
     * {@link AuthorisationLine#knowsTokens}.
     */
    public long failed() {
        return authorised() - redeemed - withdrawn;
    }
}
