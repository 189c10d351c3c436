package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.text.Unseen;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client wrote for a customer to read. It has to be there to see, nothing else may be in it, and it paints over
 * nothing around it.
 */
final class Wording {

    /** They join letters in some languages. */
    private static final Set<Integer> JOINERS = Set.of(0x200C, 0x200D);

    private static final Pattern UNSEEN = Pattern.compile("[" + Unseen.CHARACTERS + "]");

    /** @param held left out where a client may */
    static Optional<String> flaw(String field, JsonNode held) {
        if (!held.isTextual()) {
            return Optional.empty();
        }
        String text = held.textValue();
        if (text.codePoints().anyMatch(Wording::isHidden)
                || UNSEEN.matcher(text).find()) {
            return Optional.of(field + " has characters that nobody sees");
        }
        if (Unseen.isPaintedOver(Normalizer.normalize(text, Normalizer.Form.NFC))) {
            return Optional.of(field + " has more than two marks on a letter");
        }
        return text.codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.empty()
                : Optional.of(field + " has no letter and no digit");
    }

    private static boolean isHidden(int character) {
        return Character.getType(character) == Character.FORMAT && !JOINERS.contains(character);
    }

    private Wording() {}
}
