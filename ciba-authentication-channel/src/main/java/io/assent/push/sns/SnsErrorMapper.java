package io.assent.push.sns;

import io.assent.outbox.http.RetryAfter;
import io.assent.push.PushResult;
import io.assent.server.OperatorLog;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call means for the message and for the device. */
final class SnsErrorMapper {

    private static final Logger LOG = Logger.getLogger(SnsErrorMapper.class);

    private static final Set<String> INVALID =
            Set.of("InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "ValidationError");

    /** How SNS blames what it was to send, and not where: the same would be refused again. */
    private static final Pattern MESSAGE = Pattern.compile("Invalid parameter: (Message|Subject)|'(message|subject)");

    private final String whatToCheck;
    private final OperatorLog operator = new OperatorLog(LOG);

    /** @param whatToCheck the options that an operator checks when SNS refuses us */
    SnsErrorMapper(String whatToCheck) {
        this.whatToCheck = whatToCheck;
    }

    PushResult on(SdkException failed) {
        if (failed instanceof AwsServiceException refused) {
            return on(refused);
        }
        if (String.valueOf(failed.getMessage()).contains("Unable to load credentials")) {
            operator.error("account", "No push is sent through SNS: there are no AWS credentials in this environment");
            return PushResult.RetryLater.because("no AWS credentials");
        }
        return PushResult.RetryLater.because("no answer from SNS: " + reason(failed));
    }

    PushResult onUnintelligible() {
        return PushResult.RetryLater.because("SNS's answer is not what SNS answers");
    }

    private PushResult on(AwsServiceException refused) {
        String code = Optional.ofNullable(refused.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        String summary = ("SNS answered " + refused.statusCode() + " " + code).trim();
        if (code.equals("EndpointDisabled")) {
            return new PushResult.DeadToken(summary);
        }
        if (INVALID.contains(code)) {
            String said = String.valueOf(refused.awsErrorDetails().errorMessage());
            if (SnsEndpoints.isTaken(said)) {
                // both are good, though not for each other, which the next attempt or the next registration rights
                return PushResult.RetryLater.because(summary + " for an endpoint that has another token");
            }
            if (said.contains("Invalid parameter: Token")) {
                return new PushResult.DeadToken(summary + " for the token");
            }
            if (MESSAGE.matcher(said).find()) {
                return new PushResult.Permanent(summary);
            }
        }
        boolean vendorsTrouble = code.isEmpty()
                || refused.isThrottlingException()
                || refused.statusCode() == 429
                || refused.statusCode() >= 500;
        if (!vendorsTrouble) {
            // Ours, then: credentials, rights, a topic or an application that is gone or wrongly named. An operator may
            // repair it while the request lives, so that it is sent again and again.
            operator.error("account", "No push is sent through SNS: " + summary + ". To repair it, " + whatToCheck);
        }
        return new PushResult.RetryLater(retryAfter(refused), summary);
    }

    private static Optional<Duration> retryAfter(AwsServiceException refused) {
        return Optional.ofNullable(refused.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader(RetryAfter.HEADER))
                .flatMap(header -> RetryAfter.parse(header, Instant.now()));
    }

    /** The kind of the innermost failure alone: messages may hold more than an operator should read. */
    private static String reason(SdkException failed) {
        Throwable innermost = failed;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        boolean late = failed instanceof ApiCallTimeoutException || innermost instanceof SocketTimeoutException;
        return late ? "timed out" : innermost.getClass().getSimpleName();
    }
}
