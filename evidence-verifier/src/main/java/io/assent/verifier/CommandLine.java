package io.assent.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be verified, against what.
 *
 * @param jwks the file with the realm's keys, if there is one
 * @param issuers those that the realm had before, if it has another one by now
 * @param origins those that the realm allowed for passkeys beside the sites' own
 */
record CommandLine(Path file, Optional<Path> jwks, Set<String> issuers, Set<String> origins) {

    private static final String JWKS = "--jwks";
    private static final String ISSUER = "--issuer";
    private static final String ORIGIN = "--origin";

    /**
     * Empty where it is none: an option that is unknown or without a value, {@code --jwks} twice, no file or several.
     */
    static Optional<CommandLine> parse(String... args) {
        List<String> files = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        Set<String> issuers = new HashSet<>();
        Set<String> origins = new HashSet<>();
        for (int place = 0; place < args.length; place++) {
            String argument = args[place];
            if (!argument.startsWith("--")) {
                files.add(argument);
                continue;
            }
            place++;
            if (place == args.length) {
                return Optional.empty();
            }
            switch (argument) {
                case JWKS -> keys.add(args[place]);
                case ISSUER -> issuers.add(args[place]);
                case ORIGIN -> origins.add(args[place]);
                default -> {
                    return Optional.empty();
                }
            }
        }
        try {
            return files.size() == 1 && keys.size() <= 1
                    ? Optional.of(new CommandLine(
                            Path.of(files.get(0)), keys.stream().findFirst().map(Path::of), issuers, origins))
                    : Optional.empty();
        } catch (InvalidPathException noFile) {
            return Optional.empty();
        }
    }
}
