package io.assent.request;

import io.assent.evidence.Circumstances;

/**
 * The client, session and device by which a customer reads or answers a request.
 *
 * @param clientId the internal id of the client whose access token was sent, or {@code null} on the server's own pages
 * @param sessionId the customer's user session, or {@code null} where there is none
 * @param deviceId the device that was registered in that session, or {@code null} where none was
 * @param circumstances how the customer was known there, and what is shown
 */
public record Responder(String clientId, String sessionId, String deviceId, Circumstances circumstances) {

    /** A page of the server itself, in this user session; or {@code null} where it has none yet. */
    public static Responder page(String sessionId, Circumstances circumstances) {
        return new Responder(null, sessionId, null, circumstances);
    }
}
