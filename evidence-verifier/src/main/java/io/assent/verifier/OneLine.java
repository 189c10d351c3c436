package io.assent.verifier;

/**
 * Text of others as a terminal may show it: it can't begin a line of its own, move the cursor, or turn the text round.
 */
final class OneLine {

    private static final String NOT_SHOWN = "\uFFFD";

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isSafe(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(NOT_SHOWN);
            }
        });
        return shown.toString();
    }

    private static boolean isSafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private OneLine() {}
}
