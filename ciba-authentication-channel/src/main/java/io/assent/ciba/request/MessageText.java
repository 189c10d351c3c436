package io.assent.ciba.request;

import java.text.Normalizer;
import java.util.Optional;

/**
 * A binding message as two devices can show it alike: printable, of one line, and in the order in which it is read.
 *
 * @param value in Unicode's normal form C
 */
record MessageText(String value) {

    /** The largest number of characters. */
    static final int MAX_LENGTH = 128;

    /** How many marks may stand on one letter. More of them, one above the other, paint over what stands around. */
    private static final int MAX_MARKS = 2;

    /** @return empty where it can't be shown */
    static Optional<MessageText> of(String sent) {
        // before it is normalised, so that nothing huge is
        if (sent.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(sent, Normalizer.Form.NFC);
        return text.length() <= MAX_LENGTH && !text.isBlank() && isPlain(text)
                ? Optional.of(new MessageText(text))
                : Optional.empty();
    }

    private static boolean isPlain(String text) {
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int type = Character.getType(text.codePointAt(at));
            marks = isMark(type) ? marks + 1 : 0;
            if (!isPrintable(type) || marks > MAX_MARKS) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMark(int type) {
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** {@code FORMAT} has what turns the direction of writing, and what nobody sees. */
    private static boolean isPrintable(int type) {
        return switch (type) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
