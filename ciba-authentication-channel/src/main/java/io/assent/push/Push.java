package io.assent.push;

import java.time.Instant;

/**
 * What a push tells a phone: that there is something to look at, and nothing about it. The app fetches the rest with
 * the customer's own token, so that neither the vendor nor a locked screen learns who asks for what.
 *
 * @param type what happened; {@value #CONSENT_REQUESTED}
 * @param requestId the consent request to fetch; also the collapse key, so that a repeat replaces the notification
 * @param realm the name of the realm, as in the API's path
 * @param expiresAt when there is no use in delivering it any more
 * @param title generic, in the device's language
 * @param body generic, in the device's language
 */
public record Push(String type, String requestId, String realm, Instant expiresAt, String title, String body) {

    /** The type of a push that announces a new consent request. */
    public static final String CONSENT_REQUESTED = "consent-requested";
}
