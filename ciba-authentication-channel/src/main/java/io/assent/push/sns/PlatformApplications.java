package io.assent.push.sns;

import io.assent.push.vendor.ApnsToken;
import java.util.Optional;

/**
 * The applications that the bank has set up in SNS. A device says no more than that it is reached through SNS; which
 * kind it is shows in its push token.
 *
 * @param android the application for FCM
 * @param apple the application for APNs
 * @param appleSandbox whether that is for the sandbox of APNs
 */
record PlatformApplications(Optional<Arn> android, Optional<Arn> apple, boolean appleSandbox) {

    /** The application for the device with this token; empty where the bank has none for its kind. */
    Optional<Arn> of(String pushToken) {
        return ApnsToken.is(pushToken) ? apple : android;
    }
}
