package io.assent.push.fcm;

import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.push.TimeToLive;
import io.assent.push.vendor.ApnsToken;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends through Firebase Cloud Messaging. A send is at most three exchanges (a token of our own, the message, a fresh
 * token of our own after a 401), each of which ends within the connect and the read time-out together.
 */
final class FcmPushSender implements PushSender {

    private final FirebaseMessaging messaging;
    private final FcmErrorMapper verdict;

    FcmPushSender(FirebaseMessaging messaging, FcmErrorMapper verdict) {
        this.messaging = messaging;
        this.verdict = verdict;
    }

    /** FCM does not say how its tokens look; whose it certainly is not is what an Apple app mistakes for one. */
    @Override
    public Optional<String> validate(Device device) {
        return ApnsToken.is(device.pushToken())
                ? Optional.of("The push token is one of APNs. Register the token that the Firebase SDK gives the app.")
                : Optional.empty();
    }

    @Override
    public PushResult send(Device device, Push push) {
        Duration life = TimeToLive.of(push);
        if (life.isZero()) {
            return TimeToLive.EXPIRED;
        }
        try {
            String messageId = messaging.send(FcmMessage.of(push, device.pushToken(), life));
            boolean taken = messageId != null && messageId.startsWith("projects/");
            return taken ? new PushResult.Delivered() : verdict.onUnintelligible();
        } catch (FirebaseMessagingException failed) {
            return verdict.on(failed);
        } catch (IllegalArgumentException jsonOfAnotherKind) {
            // the SDK's parser complains so about fields of another type
            return verdict.onUnintelligible();
        }
    }
}
