package io.assent.push.fcm;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.Serial;
import java.util.Collection;

/**
 * Credentials that can send messages and nothing else. The SDK asks for the scopes of all that it can do, storage and
 * databases included.
 */
final class MessagingCredentials extends GoogleCredentials {

    @Serial
    private static final long serialVersionUID = 1;

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

    private final transient GoogleCredentials scoped;

    MessagingCredentials(GoogleCredentials credentials) {
        this.scoped = credentials.createScoped(SCOPE);
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
        return scoped.refreshAccessToken();
    }

    @Override
    public boolean createScopedRequired() {
        return false;
    }

    @Override
    public GoogleCredentials createScoped(Collection<String> scopes) {
        return this;
    }
}
