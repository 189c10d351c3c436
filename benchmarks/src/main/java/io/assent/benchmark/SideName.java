package io.assent.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers that are compared. */
enum SideName {
    A2("a2", "a channel that inserts one row"),
    B("b", "the stock HTTP channel"),
    C("c", "this pack, instant sandbox sender"),
    C_AGAIN("c'", "the same as (c) once more"),
    D("d", "this pack, FCM that takes 200 ms"),
    E("e", "the same as (c) on two nodes"),
    POOL_20("20 connections", "the same as (c) with a pool of 20", "--db-pool-max-size=20"),
    POOL_KEPT(
            "50 connections, kept",
            "the same as (c) with a pool that never shrinks",
            "--db-pool-initial-size=50",
            "--db-pool-min-size=50",
            "--db-pool-max-size=50"),
    THREADS_16("16 threads", "the same as (c) with fewer threads for calls", "--http-pool-max-threads=16"),
    COMMIT_OFF("synchronous_commit off", "the same as (c) with a database that may lose what it committed");

    private final String letter;
    private final String title;
    private final List<String> options;

    SideName(String letter, String title, String... options) {
        this.letter = letter;
        this.title = title;
        this.options = List.of(options);
    }

    /** Those of a whole run. */
    static List<SideName> ofWholeRun() {
        return Stream.of(values()).filter(name -> !name.isSetting()).toList();
    }

    /** (c) with a setting that an operator can change. */
    static List<SideName> settings() {
        return Stream.of(values()).filter(SideName::isSetting).toList();
    }

    private boolean isSetting() {
        return compareTo(E) > 0;
    }

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    /** Of {@code kc.sh start}, beside those of every side of the pack. */
    List<String> options() {
        return options;
    }

    /** Its name as that of a folder or database. */
    String id() {
        return "side_" + name().toLowerCase(Locale.ROOT);
    }

    int nodes() {
        return this == E ? 2 : 1;
    }

    boolean isPack() {
        return compareTo(C) >= 0;
    }
}
