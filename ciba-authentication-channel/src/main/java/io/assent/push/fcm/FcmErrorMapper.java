package io.assent.push.fcm;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import io.assent.push.SendResult;
import io.assent.push.vendor.OperatorAlert;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What a failed send means for the message and for the device. */
final class FcmErrorMapper {

    private static final Logger LOG = Logger.getLogger(FcmErrorMapper.class);

    private final GoogleCredentials credentials;
    private final String whatToCheck;
    private final OperatorAlert noPushes = new OperatorAlert(LOG);
    private final OperatorAlert noPushesToApple = new OperatorAlert(LOG);
    private final OperatorAlert otherProject = new OperatorAlert(LOG);

    /** @param whatToCheck the options that an operator checks when FCM refuses the credentials */
    FcmErrorMapper(GoogleCredentials credentials, String whatToCheck) {
        this.credentials = credentials;
        this.whatToCheck = whatToCheck;
    }

    SendResult on(FirebaseMessagingException failed) {
        Optional<FcmRefusal> refusal = cause(failed, FcmRefusal.class);
        if (refusal.isPresent()) {
            return on(refusal.get());
        }
        Optional<IOException> credentialsFailed =
                cause(failed, IOException.class).filter(Retryable.class::isInstance);
        if (credentialsFailed.isPresent()) {
            return onCredentials(credentialsFailed.get());
        }
        return failed.getHttpResponse() != null ? onUnintelligible() : onSilence(failed);
    }

    SendResult onUnintelligible() {
        return SendResult.RetryLater.because("FCM's answer is not what FCM answers");
    }

    private SendResult on(FcmRefusal refusal) {
        Optional<MessagingErrorCode> code = refusal.code();
        if (code.isPresent()) {
            return switch (code.get()) {
                case UNREGISTERED -> new SendResult.DeadToken(refusal.summary());
                case SENDER_ID_MISMATCH -> onOtherProject(refusal);
                case INVALID_ARGUMENT -> onInvalid(refusal);
                case THIRD_PARTY_AUTH_ERROR -> onAppleKey(refusal);
                case QUOTA_EXCEEDED, UNAVAILABLE, INTERNAL -> later(refusal);
            };
        }
        return switch (refusal.status()) {
            case 400 -> onInvalid(refusal);
            case 401 -> {
                refreshCredentials();
                yield onOurAccount(refusal);
            }
            case 403, 404 -> onOurAccount(refusal);
            default -> later(refusal);
        };
    }

    private static SendResult onInvalid(FcmRefusal refusal) {
        return refusal.blamesToken()
                ? new SendResult.DeadToken(refusal.summary() + " for the token")
                : new SendResult.Permanent(refusal.summary());
    }

    private static SendResult later(FcmRefusal refusal) {
        return new SendResult.RetryLater(refusal.retryAfter(), refusal.summary());
    }

    /** An operator may repair it while the request lives, so that it is sent again and again. */
    private SendResult onOurAccount(FcmRefusal refusal) {
        noPushes.raise("No push is sent through FCM: " + refusal.summary() + ". To repair it, " + whatToCheck);
        return later(refusal);
    }

    /** One such token is a phone's affair; if all are, the credentials are of another project than the app. */
    private SendResult onOtherProject(FcmRefusal refusal) {
        otherProject.raise("A device's token belongs to another Firebase project: " + refusal.summary()
                + ". If this goes on, the credentials are of another project than the app");
        return new SendResult.DeadToken(refusal.summary());
    }

    private SendResult onAppleKey(FcmRefusal refusal) {
        noPushesToApple.raise("No push reaches an Apple device through FCM: " + refusal.summary()
                + ". To repair it, check the APNs key in the Firebase console (Project settings, Cloud Messaging)");
        return later(refusal);
    }

    /** The access token may have been revoked before its time; the next attempt uses a fresh one. */
    private void refreshCredentials() {
        try {
            credentials.refresh();
        } catch (IOException failed) {
            LOG.debugf("No fresh access token for FCM: %s", reason(failed));
        }
    }

    private SendResult onCredentials(IOException failed) {
        Optional<Integer> status = cause(failed, HttpResponseException.class).map(HttpResponseException::getStatusCode);
        if (status.filter(answered -> answered < 500 && answered != 408 && answered != 429)
                .isPresent()) {
            String summary = "Google refused the credentials with " + status.get();
            noPushes.raise("No push is sent through FCM: " + summary + ". To repair it, " + whatToCheck);
            return SendResult.RetryLater.because(summary);
        }
        return SendResult.RetryLater.because("no access token for FCM: "
                + status.map(answered -> "answered " + answered).orElseGet(() -> reason(failed)));
    }

    private static SendResult onSilence(FirebaseMessagingException failed) {
        return SendResult.RetryLater.because("no answer from FCM: " + reason(failed));
    }

    /** The kind of the innermost failure alone: messages may hold more than an operator should read. */
    private static String reason(Throwable failed) {
        if (cause(failed, SocketTimeoutException.class).isPresent()
                || cause(failed, HttpTimeoutException.class).isPresent()) {
            return "timed out";
        }
        Throwable innermost = failed;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failed, Class<T> kind) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
