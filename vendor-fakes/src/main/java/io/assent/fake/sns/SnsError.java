package io.assent.fake.sns;

import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import java.time.Duration;

/** The errors that SNS documents for mobile push, and those of the platform in front of it. */
public enum SnsError {
    ENDPOINT_DISABLED(400, "EndpointDisabled", "Endpoint is disabled"),
    NOT_FOUND(404, "NotFound", "Endpoint does not exist"),
    /** What a message to an endpoint that was deleted is answered with. */
    NO_ENDPOINT(
            400,
            "InvalidParameter",
            "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified"),
    INVALID_PARAMETER(400, "InvalidParameter", "Invalid parameter: Message too long"),
    INVALID_TOKEN(
            400,
            "InvalidParameter",
            "Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal characters"),
    /** An endpoint and a token, each of which SNS knows, and not together. */
    OTHER_TOKEN(
            400,
            "InvalidParameter",
            "Invalid parameter: Token Reason: This endpoint is already registered with a different token."),
    /** What an ARN in the settings is answered with that is none. */
    INVALID_ARN(
            400,
            "InvalidParameter",
            "Invalid parameter: PlatformApplicationArn Reason: Wrong number of slashes in relative portion of the ARN."),
    PLATFORM_APPLICATION_DISABLED(400, "PlatformApplicationDisabled", "Platform application is disabled"),
    AUTHORIZATION_ERROR(403, "AuthorizationError", "Not authorized to perform: SNS:Publish"),
    INVALID_CLIENT_TOKEN(403, "InvalidClientTokenId", "The security token included in the request is invalid"),
    SIGNATURE_DOES_NOT_MATCH(403, "SignatureDoesNotMatch", "The request signature does not match"),
    EXPIRED_TOKEN(403, "ExpiredToken", "The security token included in the request is expired"),
    THROTTLED(429, "Throttled", "Rate exceeded"),
    THROTTLING(400, "Throttling", "Rate exceeded"),
    INTERNAL_ERROR(500, "InternalError", "Internal service error"),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable", "Service is unable to handle request");

    private final int status;
    private final String code;
    private final String message;

    SnsError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** Answers every call so. */
    public Behaviour always() {
        return Behaviour.answering(answer());
    }

    /** Answers every call so, and says when to come again. */
    public Behaviour retryAfter(Duration wait) {
        return Behaviour.answering(answer().retryAfter(wait));
    }

    Answer answer() {
        return answer(message);
    }

    Answer answer(String said) {
        return Answer.of(
                status, "text/xml", """
                <ErrorResponse xmlns="%s">
                  <Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>
                  <RequestId>fake</RequestId>
                </ErrorResponse>""".formatted(SnsFake.NAMESPACE, status < 500 ? "Sender" : "Receiver", code, said));
    }
}
