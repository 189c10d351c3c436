package io.assent.push.sns;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of something in Amazon SNS. */
record Arn(String text, String region, String resource) {

    private static final Pattern FORM = Pattern.compile("arn:aws[a-z-]*:sns:([a-z]{2}[a-z0-9-]+):[0-9]{12}:(\\S+)");
    private static final String APPLICATION = "app/";

    static Optional<Arn> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new Arn(text, matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Whether it names a platform application for this push service, as in {@code app/GCM/bank}. */
    boolean isApplicationFor(String service) {
        return resource.startsWith(APPLICATION + service + "/");
    }

    boolean isTopic() {
        return resource.indexOf('/') < 0 && resource.indexOf(':') < 0;
    }

    boolean isFifo() {
        return resource.endsWith(".fifo");
    }

    /** Whether that is the ARN of an endpoint of this platform application. */
    boolean hasEndpoint(String endpoint) {
        return endpoint.startsWith(text.replace(":" + APPLICATION, ":endpoint/") + "/");
    }
}
