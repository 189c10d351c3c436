package io.assent.benchmark;

/**
 * A goal and what became of it.
 *
 * @param measured the figure, as it is to be read
 * @param met {@code null} where this run did not measure it
 */
record Goal(String text, String measured, Boolean met) {

    static Goal atLeast(double goal, String text, Figure figure) {
        return of(text, figure, figure.median() >= goal);
    }

    static Goal atMost(double goal, String text, Figure figure) {
        return of(text, figure, figure.median() <= goal);
    }

    private static Goal of(String text, Figure figure, boolean met) {
        return figure.isNone() ? notMeasured(text) : new Goal(text, range(figure), met);
    }

    static Goal notMeasured(String text) {
        return new Goal(text, "not in this run", null);
    }

    private static String range(Figure figure) {
        return "%.2f (%.2f–%.2f)".formatted(figure.median(), figure.least(), figure.most());
    }
}
