package io.assent.push.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import io.assent.push.Push;
import java.time.Duration;

/** A push as FCM takes it: for the app as data, for the customer as a notification, for the way there as headers. */
final class FcmMessage {

    /**
     * @param token a registration token, or a Firebase installation id, which FCM takes in its place
     * @param life how long there is a use in delivering it
     */
    @SuppressWarnings("deprecation") // setToken: in favour of installation ids, while apps still register tokens
    static Message of(Push push, String token, Duration life) {
        Message.Builder message = Message.builder();
        push.nonce().ifPresent(nonce -> message.putData("nonce", nonce));
        return message.setToken(token)
                .putData("type", push.type().value())
                .putData(push.type().idField(), push.id())
                .putData("realm", push.realm())
                .putData("expiresAt", push.expiresAt().toString())
                .setNotification(Notification.builder()
                        .setTitle(push.title())
                        .setBody(push.body())
                        .build())
                .setAndroidConfig(android(push, life))
                .setApnsConfig(apple(push))
                .build();
    }

    /** The collapse key replaces what still waits at FCM, the tag what the phone shows already. */
    private static AndroidConfig android(Push push, Duration life) {
        return AndroidConfig.builder()
                .setPriority(AndroidConfig.Priority.HIGH)
                .setTtl(life.toMillis())
                .setCollapseKey(push.id())
                .setNotification(AndroidNotification.builder().setTag(push.id()).build())
                .build();
    }

    private static ApnsConfig apple(Push push) {
        return ApnsConfig.builder()
                .putHeader("apns-priority", "10")
                .putHeader("apns-expiration", String.valueOf(push.expiresAt().getEpochSecond()))
                .putHeader("apns-collapse-id", push.id())
                .setAps(Aps.builder().build())
                .build();
    }

    private FcmMessage() {}
}
