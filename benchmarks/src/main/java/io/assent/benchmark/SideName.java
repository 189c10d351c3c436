package io.assent.benchmark;

/** The servers that are compared. */
enum SideName {
    A("a", "a channel that does nothing"),
    A2("a2", "a channel that inserts one row"),
    B("b", "the stock HTTP channel"),
    C("c", "this pack, instant sandbox sender"),
    C_AGAIN("c'", "the same as (c) once more"),
    D("d", "this pack, FCM that takes 200 ms"),
    E("e", "the same as (c) on two nodes");

    private final String letter;
    private final String title;

    SideName(String letter, String title) {
        this.letter = letter;
        this.title = title;
    }

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    /** Its name as that of a folder or database. */
    String id() {
        return "side_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    int nodes() {
        return this == E ? 2 : 1;
    }

    boolean isPack() {
        return this == C || this == C_AGAIN || this == D || this == E;
    }
}
