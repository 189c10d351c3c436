package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Letters and symbols, for Unicode, which nobody sees. */
    private static final Set<Integer> BLANKS = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    /** Which form of a character is meant: another form, or none, looks the same. */
    private static final Pattern FORMS = Pattern.compile("[\u180B-\u180F\uFE00-\uFE0F\\x{E0100}-\\x{E01EF}]");

    /** More than two marks on a letter. */
    private static final Pattern PILE = Pattern.compile("[\\p{Mn}\\p{Me}]{3}");

    /** @param held left out where a client may */
    static Optional<String> flaw(String field, JsonNode held) {
        if (!held.isTextual()) {
            return Optional.empty();
        }
        String text = held.textValue();
        if (text.codePoints().anyMatch(Wording::isHidden) || FORMS.matcher(text).find()) {
            return Optional.of(field + " has characters that nobody sees");
        }
        if (PILE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).find()) {
            return Optional.of(field + " has more than two marks on a letter");
        }
        return text.codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.empty()
                : Optional.of(field + " has no letter and no digit");
    }

    private static boolean isHidden(int character) {
        return BLANKS.contains(character)
                || Character.getType(character) == Character.FORMAT && !JOINERS.contains(character);
    }

    private Wording() {}
}
