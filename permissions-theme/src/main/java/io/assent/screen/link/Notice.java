package io.assent.screen.link;

/**
 * A message on a page of a link: an error, and the tries that are left.
 *
 * @param error the key of a message, or {@code null}
 * @param triesLeft how often the digits can still be typed, or {@code null} where nobody did
 */
public record Notice(String error, Integer triesLeft) {

    /** Nothing. */
    public static final Notice NONE = new Notice(null, null);

    /** The digits are not six. */
    public static final Notice NOT_SIX_DIGITS = new Notice("consent.link.error.six-digits", null);

    /** The customer's login to the app is older than the client wants it to be. */
    public static final Notice OLD_LOGIN = new Notice("consent.link.error.old-login", null);

    /** More such pages are opened than may be. */
    static final Notice TOO_MANY = new Notice("consent.link.error.too-many", null);

    /** Other digits were typed than those of the app. */
    static Notice wrongDigits(int triesLeft) {
        return new Notice("consent.link.error.digits", triesLeft);
    }
}
