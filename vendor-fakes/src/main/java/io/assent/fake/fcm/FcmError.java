package io.assent.fake.fcm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import java.time.Duration;

/** The errors that FCM documents, and those of the platform in front of it. */
public enum FcmError {
    UNREGISTERED(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED"),
    SENDER_ID_MISMATCH(403, "PERMISSION_DENIED", "SenderId mismatch", "SENDER_ID_MISMATCH"),
    QUOTA_EXCEEDED(429, "RESOURCE_EXHAUSTED", "Quota exceeded", "QUOTA_EXCEEDED"),
    UNAVAILABLE(503, "UNAVAILABLE", "The service is currently unavailable.", "UNAVAILABLE"),
    INTERNAL(500, "INTERNAL", "Internal error encountered.", "INTERNAL"),
    THIRD_PARTY_AUTH_ERROR(401, "UNAUTHENTICATED", "Auth error from APNS", "THIRD_PARTY_AUTH_ERROR"),
    /** Something in the message, but not the token. */
    INVALID_ARGUMENT(400, "INVALID_ARGUMENT", "Invalid value", "INVALID_ARGUMENT") {
        @Override
        void addDetails(ObjectNode error) {
            super.addDetails(error);
            addViolation(error, "message.android.ttl");
        }
    },
    /** A token that is none, as the documentation has it. */
    INVALID_TOKEN(400, "INVALID_ARGUMENT", "Invalid value", "INVALID_ARGUMENT") {
        @Override
        void addDetails(ObjectNode error) {
            super.addDetails(error);
            addViolation(error, "message.token");
        }
    },
    /** A token that is none, as it is seen in practice. */
    MALFORMED_TOKEN(
            400,
            "INVALID_ARGUMENT",
            "The registration token is not a valid FCM registration token",
            "INVALID_ARGUMENT"),
    /** The sender's own credentials. */
    UNAUTHENTICATED(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", null),
    /** The sender's own account may not send. */
    PERMISSION_DENIED(403, "PERMISSION_DENIED", "Permission 'cloudmessaging.messages.create' denied", null),
    /** No such project. */
    NOT_FOUND(404, "NOT_FOUND", "Requested entity was not found.", null);

    private final int status;
    private final String name;
    private final String message;
    private final String code;

    /** @param code FCM's own code, or {@code null} where FCM is not asked */
    FcmError(int status, String name, String message, String code) {
        this.status = status;
        this.name = name;
        this.message = message;
        this.code = code;
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
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("code", status)
                .put("message", message)
                .put("status", name);
        addDetails(error);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error);
        return Answer.of(status, "application/json; charset=UTF-8", body.toString());
    }

    void addDetails(ObjectNode error) {
        if (code != null) {
            error.withArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError")
                    .put("errorCode", code);
        }
    }

    static void addViolation(ObjectNode error, String field) {
        error.withArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.BadRequest")
                .withArray("fieldViolations")
                .addObject()
                .put("field", field)
                .put("description", "Invalid value");
    }
}
