package io.assent.push.sns;

import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.push.TimeToLive;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Hands pushes to a notification service of the bank's own, which listens to a topic. */
final class TopicPushSender implements PushSender {

    private final SnsClient sns;
    private final String topic;
    private final SnsErrorMapper verdict;

    TopicPushSender(SnsClient sns, String topic, SnsErrorMapper verdict) {
        this.sns = sns;
        this.topic = topic;
        this.verdict = verdict;
    }

    /** The service behind the topic goes by the device's id. */
    @Override
    public boolean reachesThePushToken() {
        return false;
    }

    @Override
    public PushResult send(Device device, Push push) {
        Duration life = TimeToLive.of(push);
        if (life.isZero()) {
            return TimeToLive.EXPIRED;
        }
        try {
            boolean taken = sns.publish(new SnsMessage(push, life).toTopic(topic, device.id()))
                            .messageId()
                    != null;
            return taken ? new PushResult.Delivered() : verdict.onUnintelligible();
        } catch (SdkException failed) {
            return verdict.on(failed);
        }
    }
}
