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

    /** An id is a UUID of ours, or what an admin has Keycloak call a client: as long as its table takes it. */
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})\\.([^\\p{Cntrl}]{1,36})");

    public static String of(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position.at().toEpochMilli() + "." + position.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** @return empty where no list of ours has this cursor */
    static Optional<Position> read(String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Matcher text = TEXT.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
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
