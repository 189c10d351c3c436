package io.assent.rest;

import io.assent.server.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list as callers see it: opaque, so that nobody counts on what is in it. It holds nothing that the list
 * did not show; one that is made up is a place in a list of the caller's own.
 */
public final class Cursor {

    /** Of {@code at} as far as it can go, and an id of characters of four bytes each. */
    public static final int MAX_LENGTH = 218;

    private static final String AT = "(0|[1-9][0-9]{0,17})";

    /** With an id of ours. */
    private static final Pattern TEXT = Pattern.compile(AT + "\\.([0-9a-f-]{36})");

    /** With what Keycloak calls a client, which an admin may have chosen: as long as its table takes it. */
    private static final Pattern OF_CLIENT = Pattern.compile(AT + "\\.([^\\p{Cntrl}]{1,36})");

    public static String of(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position.at().toEpochMilli() + "." + position.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** @return empty where no list of ours has this cursor */
    static Optional<Position> read(String cursor) {
        return read(cursor, TEXT);
    }

    /** The same of a list whose places are named by clients. */
    static Optional<Position> readOfClients(String cursor) {
        return read(cursor, OF_CLIENT);
    }

    private static Optional<Position> read(String cursor, Pattern form) {
        if (cursor.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Matcher text = form.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            return Optional.of(text)
                    .filter(Matcher::matches)
                    .map(match -> new Position(Instant.ofEpochMilli(Long.parseLong(match.group(1))), match.group(2)))
                    .filter(position -> of(position).equals(cursor)); // a decoder takes more than an encoder gives
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private Cursor() {}
}
