package io.assent.push.fcm;

import io.assent.push.vendor.SendTimeouts;
import io.assent.push.vendor.SenderOptions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the platform {@code fcm}.
 *
 * @param credentials where the credentials come from
 * @param projectId the Firebase project, or empty for the one that the credentials name
 * @param endpoint the server to send to instead of {@code https://fcm.googleapis.com}
 * @param timeouts how long to wait for an answer
 */
record FcmConfig(Credentials credentials, Optional<String> projectId, Optional<URI> endpoint, SendTimeouts timeouts) {

    static final String SERVICE_ACCOUNT = "service-account";
    static final String APPLICATION_DEFAULT_CREDENTIALS = "application-default-credentials";
    static final String PROJECT_ID = "project-id";
    static final String ENDPOINT = "endpoint";

    /** Where the credentials come from. */
    sealed interface Credentials {

        /** A service account's JSON key. */
        record File(String path) implements Credentials {}

        /** Google's application default credentials: the environment decides. */
        record ApplicationDefault() implements Credentials {}
    }

    /** @return empty where nothing is set: the platform is not used */
    static Optional<FcmConfig> read(SenderOptions options) {
        Optional<String> file = options.text(SERVICE_ACCOUNT);
        boolean applicationDefault =
                options.flag(APPLICATION_DEFAULT_CREDENTIALS).orElse(false);
        if (file.isEmpty() && !applicationDefault) {
            refuseLoneSettings(options);
            return Optional.empty();
        }
        if (file.isPresent() && applicationDefault) {
            throw options.wrong(
                    SERVICE_ACCOUNT,
                    "and %s=true exclude each other: set one of them"
                            .formatted(options.name(APPLICATION_DEFAULT_CREDENTIALS)));
        }
        return Optional.of(new FcmConfig(
                file.<Credentials>map(Credentials.File::new).orElseGet(Credentials.ApplicationDefault::new),
                options.text(PROJECT_ID).map(id -> projectId(options, id)),
                options.endpoint(ENDPOINT),
                SendTimeouts.read(options)));
    }

    private static void refuseLoneSettings(SenderOptions options) {
        List<String> lone = Stream.of(PROJECT_ID, ENDPOINT, SendTimeouts.CONNECT, SendTimeouts.READ)
                .filter(option -> options.text(option).isPresent())
                .toList();
        if (!lone.isEmpty()) {
            throw options.wrong(
                    lone.get(0),
                    "is set, but no credentials are: set %s to the path of a service account's JSON key, or %s=true"
                            .formatted(options.name(SERVICE_ACCOUNT), options.name(APPLICATION_DEFAULT_CREDENTIALS)));
        }
    }

    private static String projectId(SenderOptions options, String id) {
        if (!id.matches("[a-z][a-z0-9.:-]{1,99}")) {
            throw options.wrong(
                    PROJECT_ID, "must be a Firebase project's id such as bank-app-1a2b3, not '%s'".formatted(id));
        }
        return id;
    }
}
