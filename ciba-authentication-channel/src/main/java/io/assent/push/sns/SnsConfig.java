package io.assent.push.sns;

import io.assent.push.vendor.SendTimeouts;
import io.assent.push.vendor.SenderOptions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the platform {@code sns}.
 *
 * @param destination where pushes go
 * @param region the AWS region
 * @param endpoint the server to send to instead of the region's
 * @param timeouts how long to wait for an answer
 */
record SnsConfig(Destination destination, String region, Optional<URI> endpoint, SendTimeouts timeouts) {

    static final String REGION = "region";
    static final String ENDPOINT = "endpoint";
    static final String ANDROID_APPLICATION_ARN = "android-application-arn";
    static final String APPLE_APPLICATION_ARN = "apple-application-arn";
    static final String APPLE_SANDBOX = "apple-sandbox";
    static final String TOPIC_ARN = "topic-arn";

    private static final String FCM = "GCM";
    private static final String APNS = "APNS";
    private static final String APNS_SANDBOX = "APNS_SANDBOX";

    /** Where pushes go. */
    sealed interface Destination {

        /** To the phones, through platform applications. */
        record Phones(PlatformApplications applications) implements Destination {}

        /** To a topic that the bank's own notification service listens to. */
        record Topic(String arn) implements Destination {}
    }

    /** @return empty where nothing is set: the platform is not used */
    static Optional<SnsConfig> read(SenderOptions options) {
        Optional<Arn> android = arn(options, ANDROID_APPLICATION_ARN);
        Optional<Arn> apple = arn(options, APPLE_APPLICATION_ARN);
        Optional<Arn> topic = arn(options, TOPIC_ARN);
        List<Arn> all =
                Stream.of(android, apple, topic).flatMap(Optional::stream).toList();
        if (all.isEmpty()) {
            refuseLoneSettings(options);
            return Optional.empty();
        }
        if (topic.isPresent() && all.size() > 1) {
            throw options.wrong(
                    TOPIC_ARN,
                    "excludes %s and %s: set it for pushes to a notification service of your own, and those for pushes to phones"
                            .formatted(options.name(ANDROID_APPLICATION_ARN), options.name(APPLE_APPLICATION_ARN)));
        }
        Destination destination =
                topic.<Destination>map(arn -> topic(options, arn)).orElseGet(() -> phones(options, android, apple));
        return Optional.of(new SnsConfig(
                destination, region(options, all), options.endpoint(ENDPOINT), SendTimeouts.read(options)));
    }

    private static Destination topic(SenderOptions options, Arn arn) {
        if (!arn.isTopic() || arn.isFifo()) {
            throw options.wrong(
                    TOPIC_ARN,
                    "must be the ARN of a standard topic such as arn:aws:sns:eu-central-1:123456789012:consent-pushes,"
                            + " not '" + arn.text() + "'");
        }
        if (options.text(APPLE_SANDBOX).isPresent()) {
            throw options.wrong(APPLE_SANDBOX, "has no meaning with " + options.name(TOPIC_ARN) + ": remove it");
        }
        return new Destination.Topic(arn.text());
    }

    private static Destination phones(SenderOptions options, Optional<Arn> android, Optional<Arn> apple) {
        android.filter(arn -> !arn.isApplicationFor(FCM)).ifPresent(arn -> {
            throw options.wrong(
                    ANDROID_APPLICATION_ARN,
                    "must be the ARN of a platform application for FCM such as"
                            + " arn:aws:sns:eu-central-1:123456789012:app/GCM/bank, not '" + arn.text() + "'");
        });
        Optional<Boolean> sandbox = options.flag(APPLE_SANDBOX);
        if (sandbox.isPresent() && apple.isEmpty()) {
            throw options.wrong(APPLE_SANDBOX, "needs " + options.name(APPLE_APPLICATION_ARN));
        }
        apple.ifPresent(arn -> checkApple(options, arn, sandbox));
        boolean toSandbox =
                apple.filter(arn -> arn.isApplicationFor(APNS_SANDBOX)).isPresent();
        return new Destination.Phones(new PlatformApplications(android, apple, toSandbox));
    }

    private static void checkApple(SenderOptions options, Arn arn, Optional<Boolean> sandbox) {
        boolean toSandbox = arn.isApplicationFor(APNS_SANDBOX);
        if (!toSandbox && !arn.isApplicationFor(APNS)) {
            throw options.wrong(
                    APPLE_APPLICATION_ARN,
                    "must be the ARN of a platform application for APNs such as"
                            + " arn:aws:sns:eu-central-1:123456789012:app/APNS/bank, not '" + arn.text() + "'");
        }
        if (sandbox.filter(wanted -> wanted != toSandbox).isPresent()) {
            throw options.wrong(
                    APPLE_SANDBOX,
                    "is %s, but %s names an application for %s: change one of them, or leave it out"
                            .formatted(
                                    sandbox.get(),
                                    options.name(APPLE_APPLICATION_ARN),
                                    toSandbox ? "the sandbox of APNs" : "APNs itself"));
        }
    }

    private static String region(SenderOptions options, List<Arn> arns) {
        List<String> regions = Stream.concat(
                        options.text(REGION).stream(), arns.stream().map(Arn::region))
                .distinct()
                .toList();
        if (regions.size() > 1) {
            throw options.wrong(
                    REGION,
                    "and the regions in the ARNs must be one and the same, not " + String.join(" and ", regions)
                            + ": correct the ARNs, or leave it out");
        }
        return regions.get(0);
    }

    private static void refuseLoneSettings(SenderOptions options) {
        Stream.of(REGION, ENDPOINT, APPLE_SANDBOX, SendTimeouts.CONNECT, SendTimeouts.READ)
                .filter(option -> options.text(option).isPresent())
                .findFirst()
                .ifPresent(lone -> {
                    throw options.wrong(
                            lone,
                            "is set, but nothing to send to: set %s, %s, or %s"
                                    .formatted(
                                            options.name(ANDROID_APPLICATION_ARN),
                                            options.name(APPLE_APPLICATION_ARN),
                                            options.name(TOPIC_ARN)));
                });
    }

    private static Optional<Arn> arn(SenderOptions options, String option) {
        return options.text(option).map(text -> Arn.parse(text)
                .orElseThrow(() -> options.wrong(
                        option,
                        "must be an ARN of Amazon SNS such as arn:aws:sns:eu-central-1:123456789012:…, not '%s'"
                                .formatted(text))));
    }
}
