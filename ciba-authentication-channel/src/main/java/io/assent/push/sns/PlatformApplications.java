package io.assent.push.sns;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The applications that the bank has set up in SNS. A device says no more than that it is reached through SNS; which
 * kind it is shows in its push token: APNs issues bytes, which apps write as hexadecimal digits (32 bytes today, up to
 * 100 by Apple's word), while every token of FCM has other characters in it.
 *
 * @param android the application for FCM
 * @param apple the application for APNs
 * @param appleSandbox whether that is for the sandbox of APNs
 */
record PlatformApplications(Optional<Arn> android, Optional<Arn> apple, boolean appleSandbox) {

    private static final Pattern APNS_TOKEN = Pattern.compile("(?:[0-9A-Fa-f]{2}){32,100}");

    /** The application for the device with this token; empty where the bank has none for its kind. */
    Optional<Arn> of(String pushToken) {
        return isApple(pushToken) ? apple : android;
    }

    boolean isApple(String pushToken) {
        return APNS_TOKEN.matcher(pushToken).matches();
    }
}
