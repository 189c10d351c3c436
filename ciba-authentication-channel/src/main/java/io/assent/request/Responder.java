package io.assent.request;

/**
 * Through what a customer reads or answers a request.
 *
 * @param clientId the internal id of the client whose access token was sent, or {@code null} on the server's own pages
 * @param sessionId the customer's user session, or {@code null} where there is none
 * @param deviceId the device that was registered in that session, or {@code null} where none was
 */
public record Responder(String clientId, String sessionId, String deviceId) {

    /** A page of the server itself, in this user session; or {@code null} where it has none yet. */
    public static Responder page(String sessionId) {
        return new Responder(null, sessionId, null);
    }
}
