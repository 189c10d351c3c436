package io.assent.call;

import io.assent.server.AssentEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * A call of the app's, the clients' or the staff's interface was answered by a problem. Told once for each call, on its
 * thread, and within its transaction, which is usually rolled back.
 *
 * @param clientId the internal id of the client whose token came with the call; empty where none was valid. For staff
 *     it may be one of another realm's
 * @param problem the last part of the problem's type: a word of the code's, never of the caller's
 */
public record CallRefused(String realmId, Optional<String> clientId, String problem) implements AssentEvent {
    public CallRefused {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(problem);
    }
}
