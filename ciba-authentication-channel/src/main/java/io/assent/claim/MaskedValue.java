package io.assent.claim;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A customer's data as a page or an app shows it beside a question: enough to see what is meant, and no more than that
 * for whoever looks over the shoulder. As long for any value.
 */
final class MaskedValue {

    private static final String HIDDEN = "•••";

    private static final Pattern DATE = Pattern.compile("([0-9]{2})[0-9]{2}-[0-9]{2}-([0-9]{2})");
    private static final Pattern EMAIL = Pattern.compile("([^@\\s])[^@\\s]*@([^@\\s.])[^@\\s]*?(\\.[A-Za-z]{2,10})?");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 ()/.-]{4,}([0-9]{2})");

    static String of(String value) {
        String text = value.strip();
        return date(text)
                .or(() -> email(text))
                .or(() -> number(text))
                .or(() -> word(text))
                .orElse(HIDDEN);
    }

    /** The day, and the century. */
    private static Optional<String> date(String text) {
        Matcher date = DATE.matcher(text);
        return date.matches()
                ? Optional.of(date.group(2) + ' ' + HIDDEN + ' ' + date.group(1) + "••")
                : Optional.empty();
    }

    private static Optional<String> email(String text) {
        Matcher email = EMAIL.matcher(text);
        if (!email.matches()) {
            return Optional.empty();
        }
        String domain = email.group(3) == null ? "" : email.group(3);
        return Optional.of(email.group(1) + HIDDEN + '@' + email.group(2) + HIDDEN + domain);
    }

    private static Optional<String> number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches() ? Optional.of(HIDDEN + number.group(1)) : Optional.empty();
    }

    /** Nothing of a value whose first letter says what it is: a code, a yes or no. */
    private static Optional<String> word(String text) {
        return text.codePointCount(0, text.length()) > 2
                        && Character.isLetter(text.codePointAt(0))
                        && !text.equalsIgnoreCase("true")
                        && !text.equalsIgnoreCase("false")
                ? Optional.of(text.substring(0, text.offsetByCodePoints(0, 1)) + HIDDEN)
                : Optional.empty();
    }

    private MaskedValue() {}
}
