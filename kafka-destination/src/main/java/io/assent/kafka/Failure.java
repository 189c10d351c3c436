package io.assent.kafka;

import io.assent.destination.SendResult;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Why an event was not taken, in words for who set the destination. Whatever an admin can mend is tried again: what was
 * waiting then goes out.
 *
 * @param isProducerDone whether the producer may not come back from it
 */
record Failure(SendResult result, boolean isProducerDone) {

    /** @param thrown by Kafka's client, or while it was waited for */
    static Failure of(Throwable thrown) {
        if (thrown instanceof RecordTooLargeException) {
            return new Failure(new SendResult.Refused("the event is larger than the broker takes"), false);
        }
        if (thrown instanceof TimeoutException && thrown.getCause() instanceof ApiException why) {
            return of(why);
        }
        if (thrown instanceof UnknownTopicOrPartitionException || thrown instanceof InvalidTopicException) {
            return down("the topic is not there, or is not to be seen with these credentials", false);
        }
        if (thrown instanceof AuthorizationException) {
            return down("the broker does not let these credentials write to the topic", true);
        }
        if (thrown instanceof SaslAuthenticationException || thrown instanceof UnsupportedSaslMechanismException) {
            return down("the broker does not take this username and password, or this mechanism", true);
        }
        if (thrown instanceof SslAuthenticationException) {
            return down("no TLS with the broker: one side does not take the other's certificate", true);
        }
        if (thrown instanceof TimeoutException || thrown instanceof java.util.concurrent.TimeoutException) {
            return down("no broker took it in time", false);
        }
        if (isOfSettings(thrown)) {
            return down("no broker's name is known, or a certificate or key can't be read", true);
        }
        // of one event, as far as is known: a class's name has nothing of its content
        return new Failure(
                new SendResult.Later(
                        Optional.empty(), thrown.getClass().getSimpleName(), thrown instanceof RetriableException),
                !(thrown instanceof RetriableException));
    }

    private static boolean isOfSettings(Throwable thrown) {
        return thrown instanceof ConfigException
                || thrown instanceof InvalidConfigurationException
                || thrown.getCause() != null && isOfSettings(thrown.getCause());
    }

    private static Failure down(String reason, boolean isProducerDone) {
        return new Failure(new SendResult.Later(Optional.empty(), reason, true), isProducerDone);
    }
}
