package io.assent.it.screen;

import io.assent.testing.browser.Browser;
import io.assent.testing.server.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures of pages, for people to look at. They go to {@code target/screenshots}; those that are already where
 * {@value #SHOWN} says, which are those that the documentation shows, are taken anew there.
 */
record Pictures(Browser browser) {

    private static final String SHOWN = "assent.screenshots";

    private static final Path SCREENSHOTS = Distribution.TARGET.resolve("screenshots");

    void keep(String name) {
        write(SCREENSHOTS, name);
    }

    void keepForDocs(String name) {
        keep(name);
        Path shown = Path.of(System.getProperty(SHOWN, SCREENSHOTS.toString()));
        if (Files.exists(shown.resolve(name))) {
            write(shown, name);
        }
    }

    private void write(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(name), browser.picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
