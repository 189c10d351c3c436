package io.assent.screen.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the form of a {@link LinkPage} says.
 *
 * @param wanted what is to be done
 * @param digits those that were typed, without spaces; empty where none were, or it can't be six digits
 */
public record LinkForm(Wanted wanted, Optional<String> digits) {

    /** A page that is just loaded, or looks again. */
    public static final LinkForm LOOK = new LinkForm(Wanted.LOOK, Optional.empty());

    /** The field that says that a form is that of such a page. */
    private static final String WAY = "way";

    private static final String APP = "app";

    private static final String DIGITS = "digits";

    /** As apps may show them, in groups. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00a0\\u202f-]");

    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

    /** What is longer is not looked at. */
    private static final int LONGEST = 40;

    /** What the customer wants of the page. */
    public enum Wanted {
        /** To go on, if the login can; else to see the page. */
        LOOK(""),
        /** To go on by the digits that the app shows. */
        ENTER(DIGITS),
        /** To wait longer. */
        MORE_TIME("more-time"),
        /** To begin anew, where the time is over. */
        NEW_CODE("new-code"),
        /** To answer in the browser. */
        ANSWER_HERE("answer-here"),
        /** To go back to the client without an answer. */
        CANCEL("cancel");

        private final String field;

        Wanted(String field) {
            this.field = field;
        }
    }

    /** @return empty where the form is none of such a page */
    public static Optional<LinkForm> of(Map<String, List<String>> fields) {
        return fields.getOrDefault(WAY, List.of()).contains(APP) ? Optional.of(read(fields)) : Optional.empty();
    }

    private static LinkForm read(Map<String, List<String>> fields) {
        // whoever presses a button does not mean the field beside it
        for (Wanted button :
                List.of(Wanted.CANCEL, Wanted.ANSWER_HERE, Wanted.NEW_CODE, Wanted.MORE_TIME, Wanted.ENTER)) {
            if (isSent(fields, button)) {
                return new LinkForm(button, button == Wanted.ENTER ? digits(fields) : Optional.empty());
            }
        }
        return LOOK;
    }

    /** An empty field for the digits is one that nobody filled in. */
    private static boolean isSent(Map<String, List<String>> fields, Wanted wanted) {
        List<String> values = fields.getOrDefault(wanted.field, List.of());
        return wanted == Wanted.ENTER ? values.stream().anyMatch(value -> !value.isBlank()) : !values.isEmpty();
    }

    private static Optional<String> digits(Map<String, List<String>> fields) {
        List<String> sent = fields.get(DIGITS);
        return sent.stream()
                .filter(text -> sent.size() == 1 && text.length() <= LONGEST)
                .map(text -> SEPARATORS.matcher(text).replaceAll(""))
                .filter(SIX_DIGITS.asMatchPredicate())
                .findFirst();
    }
}
