package io.assent.sandbox.journey;

/** Something was not as it should be; the message says what, without any secret. */
final class JourneyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JourneyException(String message) {
        super(message);
    }

    JourneyException(String message, Throwable cause) {
        super(message, cause);
    }
}
