package io.assent.link;

/** What came of digits that were typed into the browser. */
public sealed interface EnterResult {

    /** They are those that the app shows; the login can go on. */
    record Right() implements EnterResult {}

    /**
     * They are others.
     *
     * @param triesLeft 1 or more
     */
    record Wrong(int triesLeft) implements EnterResult {}

    /** They were typed too often: the approval is worth nothing any more. */
    record Suspected() implements EnterResult {}

    /** Nothing waits for them. */
    record Over() implements EnterResult {}
}
