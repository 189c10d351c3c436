package io.assent.it.screen;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * How pages are looked at: in both languages, both colour schemes and two widths. By the system property
 * {@value #PROPERTY} each of them is seen once ({@code each}), each with each other once ({@code pairs}, where nothing
 * is said), or all three with each other ({@code all}).
 */
final class Looks {

    private static final String PROPERTY = "assent.looks";

    /** Looks of some pages: page, language, scheme, width; but for those that are looked at anyway. */
    static Stream<Arguments> ofPages(Collection<String> pages, List<Arguments> without) {
        return pages.stream()
                .flatMap(page -> grid().map(look -> Arguments.of(page, look.get()[0], look.get()[1], look.get()[2])))
                .filter(look -> isNoneOf(without, look));
    }

    /** Looks of one page: language, scheme, width; but for those that are looked at anyway. */
    static Stream<Arguments> ofOnePage(List<Arguments> without) {
        return grid().filter(look -> isNoneOf(without, look));
    }

    private static Stream<Arguments> grid() {
        return Stream.of("en", "de")
                .flatMap(language -> Stream.of("light", "dark").flatMap(scheme -> Stream.of(360, 1280)
                        .filter(width -> isWanted(language.equals("en"), scheme.equals("light"), width == 1280))
                        .map(width -> Arguments.of(language, scheme, width))));
    }

    private static boolean isWanted(boolean english, boolean light, boolean wide) {
        return switch (System.getProperty(PROPERTY, "pairs")) {
            // the longer words in the narrow window
            case "each" -> english == light && light == wide;
            // of the eight these four have each two of the three in all their ways
            case "pairs" -> english ^ light ^ !wide;
            case "all" -> true;
            default -> throw new IllegalArgumentException(PROPERTY + " is each, pairs or all");
        };
    }

    private static boolean isNoneOf(List<Arguments> some, Arguments look) {
        return some.stream().noneMatch(one -> Arrays.equals(one.get(), look.get()));
    }

    private Looks() {}
}
