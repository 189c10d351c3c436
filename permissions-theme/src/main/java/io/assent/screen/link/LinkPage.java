package io.assent.screen.link;

import io.assent.permission.RequestingClient;
import java.net.URI;

/**
 * The page by which a login goes on in the bank's app, as its template reads it under the name {@value #ATTRIBUTE}.
 *
 * @param state {@code open}, {@code claimed}, {@code code}, {@code over}, or {@value #UNOPENED} where there is no link
 *     yet
 * @param client who asks
 * @param domain where the browser goes afterwards, or an empty text
 * @param url the link into the app, or {@code null} where no phone can claim it any more
 * @param qr the same as an SVG element, or {@code null} also where it is too long for one
 * @param watch by which the page asks how the login stands
 * @param waits where it asks
 * @param secondsLeft how long it waits
 * @param number what the customer types into the app, or {@code null} where the app was not told of the question
 * @param phone whether the browser says that it is on a phone
 * @param answersHere whether the customer can answer in the browser instead
 * @param error the key of a message, or {@code null}
 * @param triesLeft how often the digits can still be typed, or {@code null} where nobody did
 */
public record LinkPage(
        String state,
        RequestingClient client,
        String domain,
        String url,
        String qr,
        String watch,
        URI waits,
        long secondsLeft,
        String number,
        boolean phone,
        boolean answersHere,
        String error,
        Integer triesLeft) {

    static final String ATTRIBUTE = "link";

    /** The state of a page that has none yet: it is loaded and not seen, or too many are opened. */
    static final String UNOPENED = "unopened";

    private static final int A_MINUTE = 60;

    /** Begun ones count. */
    public long minutesLeft() {
        return (secondsLeft + A_MINUTE - 1) / A_MINUTE;
    }

    /** Whether a phone is waited for, and nobody was asked yet: the app was told until when. */
    public boolean canWaitLonger() {
        return url != null && number == null;
    }
}
