package io.assent.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be verified, against what.
 *
 * @param jwks the file with the realm's keys, if there is one
 * @param issuer the realm's issuer as of then, if it is another one by now
 * @param origins those that the realm allowed for passkeys beside the site's own
 */
record CommandLine(Path file, Optional<Path> jwks, Optional<String> issuer, Set<String> origins) {

    private static final String JWKS = "--jwks";
    private static final String ISSUER = "--issuer";
    private static final String ORIGIN = "--origin";

    /**
     * Empty where it is none: an option that is unknown or without a value, one but {@code --origin} that is there
     * twice, no file or several.
     */
    static Optional<CommandLine> parse(String... args) {
        List<String> files = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        Set<String> origins = new HashSet<>();
        for (int place = 0; place < args.length; place++) {
            String argument = args[place];
            if (!argument.startsWith("--")) {
                files.add(argument);
                continue;
            }
            place++;
            boolean known = argument.equals(JWKS) || argument.equals(ISSUER) || argument.equals(ORIGIN);
            if (!known || place == args.length) {
                return Optional.empty();
            }
            if (argument.equals(ORIGIN)) {
                origins.add(args[place]);
            } else if (options.put(argument, args[place]) != null) {
                return Optional.empty();
            }
        }
        try {
            return files.size() == 1
                    ? Optional.of(new CommandLine(
                            Path.of(files.get(0)),
                            Optional.ofNullable(options.get(JWKS)).map(Path::of),
                            Optional.ofNullable(options.get(ISSUER)),
                            origins))
                    : Optional.empty();
        } catch (InvalidPathException noFile) {
            return Optional.empty();
        }
    }
}
