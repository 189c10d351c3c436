package io.assent.link;

/** What came of a number that the app sent with a yes. */
public sealed interface NumberResult {

    /** It is the one on the page, or none is needed. */
    record Right() implements NumberResult {}

    /** One is needed. */
    record Missing() implements NumberResult {}

    /**
     * It is another one.
     *
     * @param triesLeft 1 or more
     */
    record Wrong(int triesLeft) implements NumberResult {}

    /** It was sent too often: the request is to be denied. */
    record Suspected() implements NumberResult {}
}
