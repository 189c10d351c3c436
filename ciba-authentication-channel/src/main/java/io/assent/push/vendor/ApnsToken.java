package io.assent.push.vendor;

import java.util.regex.Pattern;

/**
 * How a push token of Apple's own service looks: APNs issues bytes, which apps write as hexadecimal digits (32 bytes
 * today, up to 100 by Apple's word), while every token of FCM is shorter than that or has other characters in it.
 */
public final class ApnsToken {

    private static final Pattern FORM = Pattern.compile("(?:[0-9A-Fa-f]{2}){32,100}");

    /** Whether that is one. */
    public static boolean is(String pushToken) {
        return FORM.matcher(pushToken).matches();
    }

    private ApnsToken() {}
}
