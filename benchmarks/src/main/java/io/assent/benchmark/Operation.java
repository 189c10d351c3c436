package io.assent.benchmark;

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
    APP_LINK("app link, page waiting", 16),
    LIST("list consents", 8),
    END("end a consent", 8);

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

    /** Whether it is a whole one: all that it sets off belongs to it. */
    boolean isJourney() {
        return this == JOURNEY || this == APP_LINK;
    }
}
