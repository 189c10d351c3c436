package io.assent.ciba.request;

import io.assent.text.Unseen;
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
        return text.codePoints().map(Character::getType).allMatch(MessageText::isPrintable)
                && !Unseen.isPaintedOver(text);
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
