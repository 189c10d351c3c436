package io.assent.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be verified, against what.
 *
 * @param jwks the file with the realm's keys, if there is one
 * @param issuer the realm's issuer as of then, if it is another one by now
 */
record CommandLine(Path file, Optional<Path> jwks, Optional<String> issuer) {

    private static final String JWKS = "--jwks";
    private static final String ISSUER = "--issuer";

    /** Empty where it is none: an option that is unknown, there twice or without a value, no file or several. */
    static Optional<CommandLine> parse(String... args) {
        List<String> files = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int place = 0; place < args.length; place++) {
            String argument = args[place];
            if (!argument.startsWith("--")) {
                files.add(argument);
                continue;
            }
            boolean known = argument.equals(JWKS) || argument.equals(ISSUER);
            if (!known || place + 1 == args.length || options.put(argument, args[place + 1]) != null) {
                return Optional.empty();
            }
            place++;
        }
        try {
            return files.size() == 1
                    ? Optional.of(new CommandLine(
                            Path.of(files.get(0)),
                            Optional.ofNullable(options.get(JWKS)).map(Path::of),
                            Optional.ofNullable(options.get(ISSUER))))
                    : Optional.empty();
        } catch (InvalidPathException noFile) {
            return Optional.empty();
        }
    }
}
