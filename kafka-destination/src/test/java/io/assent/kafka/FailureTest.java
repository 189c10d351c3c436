package io.assent.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.destination.SendResult.Later;
import io.assent.destination.SendResult.Refused;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class FailureTest {

    private static final String PRIVATE = "secret of alice";

    @Test
    void whatAnAdminCanMendIsTriedAgainAndSaidInWords() {
        assertThat(down(new SaslAuthenticationException(PRIVATE))).contains("username and password");
        assertThat(down(new SslAuthenticationException(PRIVATE))).contains("certificate");
        assertThat(down(new TopicAuthorizationException(PRIVATE))).contains("write to the topic");
        assertThat(down(new UnknownTopicOrPartitionException(PRIVATE))).contains("topic is not there");
        assertThat(down(new TimeoutException(PRIVATE, new UnknownTopicOrPartitionException(PRIVATE))))
                .contains("topic is not there");
        assertThat(down(new TimeoutException(PRIVATE))).contains("in time");
        assertThat(down(new java.util.concurrent.TimeoutException(PRIVATE))).contains("in time");
        assertThat(down(new KafkaException(PRIVATE, new ConfigException(PRIVATE))))
                .contains("can't be read");
        assertThat(down(new NotLeaderOrFollowerException(PRIVATE))).isEqualTo("NotLeaderOrFollowerException");
    }

    @Test
    void anEventThatIsTooLargeIsNeverTaken() {
        assertThat(Failure.of(new RecordTooLargeException(PRIVATE)).result()).isInstanceOf(Refused.class);
    }

    @Test
    void whatElseThereIsSaysNothingOfTheDestination() {
        assertThat(Failure.of(new OutOfOrderSequenceException(PRIVATE)).result())
                .isInstanceOfSatisfying(Later.class, later -> {
                    assertThat(later.reason()).isEqualTo("OutOfOrderSequenceException");
                    assertThat(later.down()).isFalse();
                });
    }

    @Test
    void aProducerIsMadeAnewWhereItMayNotComeBack() {
        assertThat(Failure.of(new SaslAuthenticationException(PRIVATE)).isProducerDone())
                .isTrue();
        assertThat(Failure.of(new OutOfOrderSequenceException(PRIVATE)).isProducerDone())
                .isTrue();
        assertThat(Failure.of(new TimeoutException(PRIVATE)).isProducerDone()).isFalse();
        assertThat(Failure.of(new NotLeaderOrFollowerException(PRIVATE)).isProducerDone())
                .isFalse();
    }

    private static String down(Throwable thrown) {
        Later later = (Later) Failure.of(thrown).result();
        assertThat(later.down()).isTrue();
        assertThat(later.reason()).doesNotContain(PRIVATE);
        return later.reason();
    }
}
