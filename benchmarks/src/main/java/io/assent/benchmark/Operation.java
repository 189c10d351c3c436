package io.assent.benchmark;

import java.util.EnumSet;
import java.util.Set;

/** What is measured, in the order in which a round does it: what one phase leaves is what later ones need. */
enum Operation {
    REQUEST_1("request, 1 worker", 1),
    REQUEST_8("request, 8 workers", 8),
    REQUEST_32("request, 32 workers", 32),
    POLL("poll while pending", 8),
    DECISION("decision", 8),
    REDEMPTION("redemption", 8),
    REFRESH("refresh", 8),
    JOURNEY("whole journey", 8),
    LIST("list consents", 8),
    END("end a consent", 8);

    private static final Set<SideName> SAME_ELSEWHERE = EnumSet.of(SideName.A, SideName.A2, SideName.D, SideName.E);

    private final String title;
    private final int workers;

    Operation(String title, int workers) {
        this.title = title;
        this.workers = workers;
    }

    String title() {
        return title;
    }

    int workers() {
        return workers;
    }

    /** Whether it is made on a side: on those where it says something that no other one does. */
    boolean isMadeOn(SideName side) {
        return switch (this) {
            // as on (b), or on (c): by the stock account API or by the pack, whatever channel and vendor there is
            case LIST, END -> !SAME_ELSEWHERE.contains(side);
            default -> true;
        };
    }
}
