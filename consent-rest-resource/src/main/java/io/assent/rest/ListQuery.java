package io.assent.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Which part of a list is wanted.
 *
 * @param first how many to pass over
 * @param max how many at the most
 */
public record ListQuery(int first, int max) {

    private static final int DEFAULT_MAX = 20;
    private static final int LARGEST_MAX = 100;

    /** So many digits that every number fits into a long. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,10}");

    /** The part that the query names, or the problem that says what is wrong with it. */
    public static ListQuery of(KeycloakSession session, String first, String max) {
        refuseEmpty(session, "status", "first", "max");
        return of(first, max, Integer.MAX_VALUE);
    }

    /**
     * The same, of values that are known not to be empty.
     *
     * @param first {@code null} where it is not there
     * @param max {@code null} where it is not there
     * @param largestFirst how many can be passed over at the most
     */
    public static ListQuery of(String first, String max, int largestFirst) {
        return new ListQuery(
                number("first", first, 0, 0, largestFirst), number("max", max, DEFAULT_MAX, 1, LARGEST_MAX));
    }

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

    /** JAX-RS takes a parameter without a value for one that is not there. */
    private static void refuseEmpty(KeycloakSession session, String... names) {
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        for (String name : names) {
            if (query.containsKey(name) && query.getFirst(name).isEmpty()) {
                throw Problem.malformedRequest("'" + name + "' has no value.").toException();
            }
        }
    }

    private static int number(String name, String value, int byDefault, int least, int most) {
        return value == null
                ? byDefault
                : wholeNumber(value, least, most).orElseThrow(() -> Problem.malformedRequest(
                                "'" + name + "' must be a whole number from " + least + " to " + most + ".")
                        .toException());
    }

    static OptionalInt wholeNumber(String digits, int least, int most) {
        if (WHOLE_NUMBER.matcher(digits).matches()) {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return OptionalInt.of((int) number);
            }
        }
        return OptionalInt.empty();
    }
}
