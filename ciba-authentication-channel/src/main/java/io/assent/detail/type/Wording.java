package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** What a client wrote for a customer to read. It has to be there to see, and nothing else may be in it. */
final class Wording {

    /** They join letters in some languages. */
    private static final Set<Integer> JOINERS = Set.of(0x200C, 0x200D);

    /** Letters and symbols, for Unicode, which nobody sees. */
    private static final Set<Integer> BLANKS = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    /** @param held left out where a client may */
    static Optional<String> flaw(String field, JsonNode held) {
        if (!held.isTextual()) {
            return Optional.empty();
        }
        if (held.textValue().codePoints().anyMatch(Wording::isHidden)) {
            return Optional.of(field + " has characters that nobody sees");
        }
        return held.textValue().codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.empty()
                : Optional.of(field + " has no letter and no digit");
    }

    private static boolean isHidden(int character) {
        return BLANKS.contains(character)
                || Character.getType(character) == Character.FORMAT && !JOINERS.contains(character);
    }

    private Wording() {}
}
