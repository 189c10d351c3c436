package io.assent.text;

import java.util.regex.Pattern;

/** Rules against characters that nobody sees, or that hide others, for every text that others wrote. */
public final class Unseen {

    /**
     * Letters and symbols, for Unicode, which nobody sees, and what says which form of a character is meant: as a part
     * of a character class ({@link Pattern}).
     */
    public static final String CHARACTERS =
            "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\\x{e0100}-\\x{e01ef}";

    /** More than two marks on a letter: one above the other, they paint over what stands around. */
    private static final Pattern PILE = Pattern.compile("[\\p{Mn}\\p{Me}]{3}");

    /** Whether it is none that anybody reads: what controls, half a character, and what ends a line. */
    public static boolean isNoCharacter(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** @param text in Unicode's normal form C, where a letter that exists with its mark has none beside it */
    public static boolean isPaintedOver(String text) {
        return PILE.matcher(text).find();
    }

    private Unseen() {}
}
