package io.assent.it.screen;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** How pages are looked at: each in both languages, both colour schemes and two widths. */
final class Looks {

    /** All looks of some pages: page, language, scheme, width; but for those that are looked at anyway. */
    static Stream<Arguments> ofPages(Collection<String> pages, List<Arguments> without) {
        return pages.stream()
                .flatMap(page -> grid().map(look -> Arguments.of(page, look.get()[0], look.get()[1], look.get()[2])))
                .filter(look -> isNoneOf(without, look));
    }

    /** All looks of one page: language, scheme, width; but for those that are looked at anyway. */
    static Stream<Arguments> ofOnePage(List<Arguments> without) {
        return grid().filter(look -> isNoneOf(without, look));
    }

    private static Stream<Arguments> grid() {
        return Stream.of("en", "de").flatMap(language -> Stream.of("light", "dark")
                .flatMap(scheme -> Stream.of(360, 1280).map(width -> Arguments.of(language, scheme, width))));
    }

    private static boolean isNoneOf(List<Arguments> some, Arguments look) {
        return some.stream().noneMatch(one -> Arrays.equals(one.get(), look.get()));
    }

    private Looks() {}
}
