package io.assent.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** UUIDs in the text form of RFC 9562: read in either case, written in lower case. */
public final class Uuids {

    private static final int LENGTH = 36;
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public static Optional<String> normalized(String text) {
        return Optional.of(text)
                .filter(value -> value.length() == LENGTH && TEXT.matcher(value).matches())
                .map(value -> value.toLowerCase(Locale.ROOT));
    }

    private Uuids() {}
}
