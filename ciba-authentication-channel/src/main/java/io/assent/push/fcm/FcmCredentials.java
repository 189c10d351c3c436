package io.assent.push.fcm;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.assent.push.vendor.SenderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Obtains the credentials at the server's start. No complaint holds anything of what was read. */
final class FcmCredentials {

    /** Where Google's library looks first for application default credentials. */
    private static final String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

    private final SenderOptions options;
    private final HttpTransportFactory transport;
    private final UnaryOperator<String> environment;

    /** @param environment the value of an environment variable, or {@code null} */
    FcmCredentials(SenderOptions options, HttpTransportFactory transport, UnaryOperator<String> environment) {
        this.options = options;
        this.transport = transport;
        this.environment = environment;
    }

    GoogleCredentials obtain(FcmConfig.Credentials source) {
        return source instanceof FcmConfig.Credentials.File file ? serviceAccount(file.path()) : applicationDefault();
    }

    private GoogleCredentials applicationDefault() {
        Optional<CredentialsFile> file = Optional.ofNullable(environment.apply(VARIABLE))
                .filter(path -> !path.isBlank())
                .map(path -> new CredentialsFile(
                        path,
                        "a file with Google credentials",
                        complaint -> options.wrong(
                                FcmConfig.APPLICATION_DEFAULT_CREDENTIALS,
                                "is true, and the environment variable " + VARIABLE + " " + complaint
                                        + ", or set %s instead".formatted(options.name(FcmConfig.SERVICE_ACCOUNT)))));
        try {
            GoogleCredentials credentials = file.isPresent()
                    ? GoogleCredentials.fromStream(
                            new ByteArrayInputStream(file.get().credentials()), transport)
                    : GoogleCredentials.getApplicationDefault(transport);
            return credentials instanceof ServiceAccountCredentials key
                    ? key.createWithCustomRetryStrategy(false)
                    : credentials;
        } catch (IOException unusable) {
            throw file.map(given -> given.malformed("Google's library can't use it"))
                    .orElseGet(() -> options.wrong(
                            FcmConfig.APPLICATION_DEFAULT_CREDENTIALS,
                            "is true, but this environment has no application default credentials: set the environment"
                                    + " variable %s, or set %s instead"
                                            .formatted(VARIABLE, options.name(FcmConfig.SERVICE_ACCOUNT))));
        }
    }

    private GoogleCredentials serviceAccount(String path) {
        CredentialsFile file = new CredentialsFile(
                path, "a service account's JSON key", complaint -> options.wrong(FcmConfig.SERVICE_ACCOUNT, complaint));
        byte[] key = file.key();
        try {
            // Whether and when to try again is the outbox's business.
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key), transport)
                    .createWithCustomRetryStrategy(false);
        } catch (IOException | IllegalArgumentException malformed) {
            throw file.malformed("its private_key is not a PKCS#8 key in PEM form");
        }
    }
}
