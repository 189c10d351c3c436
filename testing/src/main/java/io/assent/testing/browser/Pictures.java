package io.assent.testing.browser;

import io.assent.testing.server.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures of pages, for people to look at. They go to {@code target/screenshots}; those that are already where
 * {@value #SHOWN} says, which are those that the documentation shows, are taken anew there.
 */
public record Pictures(Browser browser) {

    private static final String SHOWN = "assent.screenshots";

    private static final Path SCREENSHOTS = Distribution.TARGET.resolve("screenshots");

    public void keep(String name) {
        write(SCREENSHOTS, name, browser.picture());
    }

    public void keepForDocs(String name) {
        byte[] png = browser.picture();
        write(SCREENSHOTS, name, png);
        Path shown = Path.of(System.getProperty(SHOWN, SCREENSHOTS.toString()));
        if (Files.exists(shown.resolve(name))) {
            write(shown, name, png);
        }
    }

    private static void write(Path directory, String name, byte[] png) {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(name), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
