package io.assent.detail;

/** What came of a customer's choice among details. */
public sealed interface DetailSelection {

    /** It is allowed and grants these. */
    record Granted(Details details) implements DetailSelection {}

    /**
     * It is not allowed.
     *
     * @param reason why, in words for the developer of the app, with the name of the field
     */
    record Refused(String reason) implements DetailSelection {}

    /** Which accounts there are is not known now; nothing changed, and the same answer can be given again. */
    record Unavailable() implements DetailSelection {}
}
