package io.assent.rest.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the page: one of its folder, and nothing else of the class path. */
record PageFile(byte[] content, String mediaType) {

    private static final Pattern NAME = Pattern.compile("[a-z-]{1,40}\\.(js|css)");

    private static final Map<String, String> MEDIA_TYPES =
            Map.of("js", "text/javascript;charset=UTF-8", "css", "text/css;charset=UTF-8");

    /** The page itself, which is told where it is. */
    static PageFile html(Surroundings surroundings) {
        String template = new String(
                read("page.html").orElseThrow(() -> new IllegalStateException("The jar lacks the staff's page.")),
                StandardCharsets.UTF_8);
        return new PageFile(
                surroundings.writtenInto(template).getBytes(StandardCharsets.UTF_8), "text/html;charset=UTF-8");
    }

    /** What the page loads under this name. */
    static Optional<PageFile> named(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? read(name).map(content -> new PageFile(content, MEDIA_TYPES.get(matcher.group(1))))
                : Optional.empty();
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream content = PageFile.class.getResourceAsStream("page/" + name)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
