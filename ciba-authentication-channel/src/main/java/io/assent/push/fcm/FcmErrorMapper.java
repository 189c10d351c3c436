package io.assent.push.fcm;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import io.assent.push.PushResult;
import io.assent.server.OperatorLog;
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
    private final OperatorLog operator = new OperatorLog(LOG);

    /** @param whatToCheck the options that an operator checks when FCM refuses the credentials */
    FcmErrorMapper(GoogleCredentials credentials, String whatToCheck) {
        this.credentials = credentials;
        this.whatToCheck = whatToCheck;
    }

    PushResult on(FirebaseMessagingException failed) {
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

    PushResult onUnintelligible() {
        return PushResult.RetryLater.because("FCM's answer is not what FCM answers");
    }

    private PushResult on(FcmRefusal refusal) {
        Optional<MessagingErrorCode> code = refusal.code();
        if (code.isPresent()) {
            return switch (code.get()) {
                case UNREGISTERED -> new PushResult.DeadToken(refusal.summary());
                case SENDER_ID_MISMATCH -> onOtherProject(refusal);
                case INVALID_ARGUMENT -> onInvalid(refusal);
                case THIRD_PARTY_AUTH_ERROR -> onAppleKey(refusal);
                case QUOTA_EXCEEDED, UNAVAILABLE, INTERNAL -> later(refusal);
            };
        }
        return switch (refusal.status()) {
            case 400 -> refusal.isOfGoogle() ? onInvalid(refusal) : later(refusal);
            case 401 -> {
                refreshCredentials();
                yield onOurAccount(refusal);
            }
            case 403, 404 -> onOurAccount(refusal);
            default -> later(refusal);
        };
    }

    private static PushResult onInvalid(FcmRefusal refusal) {
        return refusal.blamesToken()
                ? new PushResult.DeadToken(refusal.summary() + " for the token")
                : new PushResult.Permanent(refusal.summary());
    }

    private static PushResult later(FcmRefusal refusal) {
        return new PushResult.RetryLater(refusal.retryAfter(), refusal.summary());
    }

    /** An operator may repair it while the request lives, so that it is sent again and again. */
    private PushResult onOurAccount(FcmRefusal refusal) {
        operator.error(
                "account", "No push is sent through FCM: " + refusal.summary() + ". To repair it, " + whatToCheck);
        return later(refusal);
    }

    /**
     * One such token is a phone's affair; if all are, the credentials are of another project than the app. Then all
     * devices would be lost by a wrong setting, so none is: the operator may repair it while the request lives.
     */
    private PushResult onOtherProject(FcmRefusal refusal) {
        operator.error(
                "project",
                "A device's token belongs to another Firebase project: " + refusal.summary()
                        + ". If this goes on, the credentials are of another project than the app: " + whatToCheck);
        return later(refusal);
    }

    private PushResult onAppleKey(FcmRefusal refusal) {
        operator.error(
                "Apple key",
                "No push reaches an Apple device through FCM: " + refusal.summary()
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

    private PushResult onCredentials(IOException failed) {
        Optional<Integer> status = cause(failed, HttpResponseException.class).map(HttpResponseException::getStatusCode);
        if (status.filter(answered -> answered < 500 && answered != 408 && answered != 429)
                .isPresent()) {
            String summary = "Google refused the credentials with " + status.get();
            operator.error("account", "No push is sent through FCM: " + summary + ". To repair it, " + whatToCheck);
            return PushResult.RetryLater.because(summary);
        }
        return PushResult.RetryLater.because("no access token for FCM: "
                + status.map(answered -> "answered " + answered).orElseGet(() -> reason(failed)));
    }

    private static PushResult onSilence(FirebaseMessagingException failed) {
        return PushResult.RetryLater.because("no answer from FCM: " + reason(failed));
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
