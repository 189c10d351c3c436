package io.assent.push.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import io.assent.push.PushSender;
import io.assent.push.vendor.SenderOptions;
import io.assent.push.vendor.VendorClient;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Firebase's SDK, set up. */
final class FcmVendorClient implements VendorClient {

    /** Writes whole requests at debug level, push tokens and all. Kept here, so that it keeps its level. */
    private static final Logger WIRE = Logger.getLogger(HttpTransport.class.getName());

    private final FcmTransport transport;
    private final FirebaseApp app;
    private final PushSender sender;

    /** @throws IllegalArgumentException if the credentials can't be had; its message says what to set */
    FcmVendorClient(FcmConfig config, SenderOptions options) {
        WIRE.setLevel(Level.OFF);
        ThreadFactory threads = threads();
        transport = new FcmTransport(config, threads);
        GoogleCredentials account =
                new FcmCredentials(options, () -> transport, System::getenv).obtain(config.credentials());
        GoogleCredentials credentials = new MessagingCredentials(account);
        app = FirebaseApp.initializeApp(
                FirebaseOptions.builder()
                        .setCredentials(credentials)
                        .setProjectId(projectId(config, account, options))
                        .setHttpTransport(transport)
                        .setThreadManager(new SameThreadManager(threads))
                        .build(),
                "assent-" + UUID.randomUUID());
        String whatToCheck = "check %s or %s, that its service account may send messages, and %s"
                .formatted(
                        options.name(FcmConfig.SERVICE_ACCOUNT),
                        options.name(FcmConfig.APPLICATION_DEFAULT_CREDENTIALS),
                        options.name(FcmConfig.PROJECT_ID));
        sender = new FcmPushSender(FirebaseMessaging.getInstance(app), new FcmErrorMapper(credentials, whatToCheck));
    }

    @Override
    public PushSender sender() {
        return sender;
    }

    private static String projectId(FcmConfig config, GoogleCredentials credentials, SenderOptions options) {
        return config.projectId().orElseGet(() -> {
            if (credentials.getProjectId() == null) {
                throw options.wrong(
                        FcmConfig.PROJECT_ID, "must be set to the Firebase project's id: the credentials name none");
            }
            return credentials.getProjectId();
        });
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "assent-fcm-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        app.delete();
        transport.shutdown();
    }
}
