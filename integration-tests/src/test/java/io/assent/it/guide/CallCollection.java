package io.assent.it.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls that a program for developers reads.
 *
 * @param set the variables that have a value, or get one by a call
 * @param used the variables that calls use
 */
record CallCollection(List<Call> calls, Set<String> set, Set<String> used) {

    private static final Pattern HTTP_CALL = Pattern.compile("^(GET|POST|PUT|DELETE|PATCH) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern HTTP_VARIABLE = Pattern.compile("^@(\\w+) = ", Pattern.MULTILINE);
    private static final Pattern BRUNO_CALL =
            Pattern.compile("^(get|post|put|delete|patch) \\{\\n  url: (\\S+)$", Pattern.MULTILINE);
    private static final Pattern BRUNO_VARIABLES =
            Pattern.compile("^vars(?::post-response)? \\{\\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BRUNO_VARIABLE = Pattern.compile("^  (\\w+): ", Pattern.MULTILINE);
    private static final Pattern USE = Pattern.compile("\\{\\{(\\w+)}}");

    /** @param url with variables */
    record Call(String method, String url) {

        String address() {
            return url.replaceFirst("\\?.*", "");
        }

        Set<String> queryParameters() {
            int query = url.indexOf('?');
            return query < 0
                    ? Set.of()
                    : Stream.of(url.substring(query + 1).split("&"))
                            .map(parameter -> parameter.replaceFirst("=.*", ""))
                            .collect(Collectors.toSet());
        }
    }

    /** A file for the HTTP client of JetBrains' IDEs and for REST Client in VS Code. */
    static CallCollection ofHttp(Path file) {
        String text = read(file);
        return new CallCollection(calls(HTTP_CALL, text), names(HTTP_VARIABLE, text), names(USE, text));
    }

    /** A folder for Bruno. */
    static CallCollection ofBruno(Path folder) throws IOException {
        List<Call> calls = new ArrayList<>();
        Set<String> set = new HashSet<>();
        Set<String> used = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".bru"))
                    .sorted()
                    .toList()) {
                String text = read(file);
                calls.addAll(calls(BRUNO_CALL, text));
                BRUNO_VARIABLES
                        .matcher(text)
                        .results()
                        .forEach(block -> set.addAll(names(BRUNO_VARIABLE, block.group(1))));
                used.addAll(names(USE, text));
            }
        }
        return new CallCollection(calls, set, used);
    }

    private static List<Call> calls(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> new Call(match.group(1).toUpperCase(Locale.ROOT), match.group(2)))
                .toList();
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
