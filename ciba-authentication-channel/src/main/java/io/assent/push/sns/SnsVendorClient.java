package io.assent.push.sns;

import io.assent.push.PushSender;
import io.assent.push.vendor.SenderOptions;
import io.assent.push.vendor.VendorClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/** The AWS SDK, set up. */
final class SnsVendorClient implements VendorClient {

    /**
     * Below info, they write what they sign and send, session tokens and all. Kept here, so that they keep their level.
     */
    private static final List<Logger> WIRE = List.of(
            Logger.getLogger("software.amazon.awssdk"),
            Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection"));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "assent-sns-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final SdkHttpClient http;
    private final DefaultCredentialsProvider credentials;
    private final SnsClient sns;
    private final PushSender sender;

    SnsVendorClient(SnsConfig config, SenderOptions options) {
        WIRE.forEach(logger -> logger.setLevel(Level.INFO));
        http = UrlConnectionHttpClient.builder()
                .connectionTimeout(config.timeouts().connect())
                .socketTimeout(config.timeouts().read())
                .build();
        credentials = DefaultCredentialsProvider.builder().build();
        SnsClientBuilder builder = SnsClient.builder()
                .region(Region.of(config.region()))
                .credentialsProvider(credentials)
                .httpClient(http)
                // Whether and when to try again is the outbox's business.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new TracedCall())
                        .apiCallTimeout(config.timeouts().total())
                        .scheduledExecutorService(timer));
        config.endpoint().ifPresent(builder::endpointOverride);
        sns = builder.build();
        sender = sender(config.destination(), options);
    }

    @Override
    public PushSender sender() {
        return sender;
    }

    private PushSender sender(SnsConfig.Destination destination, SenderOptions options) {
        String rights = "check the AWS credentials of this environment, their rights, and ";
        if (destination instanceof SnsConfig.Destination.Topic topic) {
            return new TopicPushSender(
                    sns, topic.arn(), new SnsErrorMapper(rights + options.name(SnsConfig.TOPIC_ARN)));
        }
        return new PhonePushSender(
                sns,
                ((SnsConfig.Destination.Phones) destination).applications(),
                new SnsErrorMapper(rights + options.name(SnsConfig.ANDROID_APPLICATION_ARN) + " or "
                        + options.name(SnsConfig.APPLE_APPLICATION_ARN)));
    }

    @Override
    public void close() {
        sns.close();
        http.close();
        credentials.close();
        timer.shutdownNow();
    }
}
