package io.assent.rest;

import io.assent.server.Position;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Which page of a list is wanted.
 *
 * @param after what the page before said is {@code next}; from the list's front without it
 * @param max how many at the most
 */
public record ListQuery(Optional<Position> after, int max) {

    private static final int DEFAULT_MAX = 20;
    private static final int LARGEST_MAX = 100;

    /** So many digits that every number fits into a long. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,10}");

    /** The page that the query names, or the problem that says what is wrong with it. */
    public static ListQuery of(KeycloakSession session, String after, String max) {
        requireSound(session, "status", "after", "max");
        return of(after, max);
    }

    /**
     * The same, of values that are known to be sound.
     *
     * @param after {@code null} where it is not there
     * @param max {@code null} where it is not there
     */
    public static ListQuery of(String after, String max) {
        return of(after, max, Cursor::read);
    }

    /** The page of a list whose places are named by clients, or the problem that says what is wrong with the query. */
    public static ListQuery ofClients(KeycloakSession session, String after, String max) {
        requireSound(session, "after", "max");
        return of(after, max, Cursor::readOfClients);
    }

    private static ListQuery of(String after, String max, Function<String, Optional<Position>> read) {
        return new ListQuery(Optional.ofNullable(after).map(cursor -> position(read.apply(cursor))), max(max));
    }

    /** How many to look for: one more than the page has, which tells whether there is a next one. */
    public int toFind() {
        return max + 1;
    }

    /**
     * The page of what was found.
     *
     * @param found {@link #toFind} at the most
     */
    public <T> Page<T> page(List<T> found, Function<T, Position> positions) {
        if (found.size() <= max) {
            return new Page<>(found, null);
        }
        return new Page<>(found.subList(0, max), Cursor.of(positions.apply(found.get(max - 1))));
    }

    /**
     * What a list answers.
     *
     * @param next the cursor of what comes after it, or {@code null} where nothing does
     */
    public record Page<T>(List<T> items, String next) {}

    /** What a word stands for; {@code byDefault} where it is not there. */
    public static <T> T choose(String name, String word, T byDefault, Map<String, T> choices) {
        if (word == null) {
            return byDefault;
        }
        T choice = choices.get(word);
        if (choice == null) {
            throw Problem.malformedRequest(
                            "'" + name + "' must be one of " + String.join(", ", new TreeMap<>(choices).keySet()) + ".")
                    .toException();
        }
        return choice;
    }

    /**
     * Refuses parameters that are there twice, or without a value: JAX-RS takes of two the first, and one without a
     * value for one that is not there.
     */
    public static void requireSound(KeycloakSession session, String... names) {
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        for (String name : names) {
            requireSound(name, query.getOrDefault(name, List.of()));
        }
    }

    /** The same of one. */
    public static void requireSound(String name, List<String> values) {
        if (values.size() > 1) {
            throw Problem.malformedRequest("'" + name + "' is there twice.").toException();
        }
        if (values.contains("")) {
            throw Problem.malformedRequest("'" + name + "' has no value.").toException();
        }
    }

    private static Position position(Optional<Position> read) {
        return read.orElseThrow(
                () -> Problem.malformedRequest("'after' must be the 'next' of an earlier page of this list.")
                        .toException());
    }

    private static int max(String value) {
        return value == null
                ? DEFAULT_MAX
                : wholeNumber(value, 1, LARGEST_MAX).orElseThrow(() -> Problem.malformedRequest(
                                "'max' must be a whole number from 1 to " + LARGEST_MAX + ".")
                        .toException());
    }

    public static OptionalInt wholeNumber(String digits, int least, int most) {
        if (WHOLE_NUMBER.matcher(digits).matches()) {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return OptionalInt.of((int) number);
            }
        }
        return OptionalInt.empty();
    }
}
