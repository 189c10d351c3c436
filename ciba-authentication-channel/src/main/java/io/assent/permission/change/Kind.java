package io.assent.permission.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How permissions change. */
public enum Kind {
    /** The same under another name. */
    RENAME(1, 1, 1, 1),
    /** Into several, which allow no more together. */
    SPLIT(1, 1, 2, Kind.MOST),
    /** Several become one, for whoever granted them all. */
    MERGE(2, Kind.MOST, 1, 1),
    /** More belongs to it, for which the customer is asked. */
    WIDEN(1, 1, 1, Kind.MOST),
    /** It is granted to nobody any more. */
    RETIRE(1, 1, 0, 0);

    /** How many permissions a change names on one side. */
    static final int MOST = 20;

    private final int leastFrom;
    private final int mostFrom;
    private final int leastTo;
    private final int mostTo;

    Kind(int leastFrom, int mostFrom, int leastTo, int mostTo) {
        this.leastFrom = leastFrom;
        this.mostFrom = mostFrom;
        this.leastTo = leastTo;
        this.mostTo = mostTo;
    }

    /** How the document spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is spelt so. */
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    boolean takes(int from) {
        return from >= leastFrom && from <= mostFrom;
    }

    boolean gives(int to) {
        return to >= leastTo && to <= mostTo;
    }

    /** What it takes and gives, for whoever wrote something else. */
    String inWords() {
        return "'from' names %s and 'to' names %s".formatted(numbers(leastFrom, mostFrom), numbers(leastTo, mostTo));
    }

    private static String numbers(int least, int most) {
        if (most == 0) {
            return "none";
        }
        return least == most ? String.valueOf(least) : least + " to " + most;
    }

    /** Whether what a customer granted becomes something else without a question. */
    boolean replaces() {
        return this == RENAME || this == SPLIT || this == MERGE;
    }

    /** Whether nobody who granted it has it afterwards. A merge leaves it to whoever granted a part. */
    boolean takesFromAll() {
        return this == RENAME || this == SPLIT || this == RETIRE;
    }
}
