package io.assent.sandbox.customer;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which customers a caller wants. The same seed, kind and number mean the same customer on every server.
 *
 * @param seed 0 to {@value #MAX_SEED}
 * @param count 1 to {@value #MAX_COUNT}
 */
public record CustomersWanted(int seed, Kind kind, int count) {

    /** As many as are made in one call. */
    public static final int MAX_COUNT = 100;

    static final int MAX_SEED = 999_999;

    /** What was sent. */
    public sealed interface Reading {

        record Sound(CustomersWanted wanted) implements Reading {}

        /** @param detail what is wrong with it, in words for a developer */
        record Malformed(String detail) implements Reading {}
    }

    /** Without a kind they are good, without a count it is one. */
    public static Reading read(MultivaluedMap<String, String> form) {
        for (String name : List.of("seed", "kind", "count")) {
            if (form.getOrDefault(name, List.of()).size() > 1) {
                return new Reading.Malformed(name + " is there more than once.");
            }
        }
        OptionalInt seed = number(form.getFirst("seed"), 0, MAX_SEED);
        if (seed.isEmpty()) {
            return new Reading.Malformed("seed is a whole number from 0 to " + MAX_SEED + ".");
        }
        OptionalInt count =
                form.containsKey("count") ? number(form.getFirst("count"), 1, MAX_COUNT) : OptionalInt.of(1);
        if (count.isEmpty()) {
            return new Reading.Malformed(
                    "count is a whole number from 1 to " + MAX_COUNT + ". For more customers take other seeds.");
        }
        return Stream.ofNullable(form.containsKey("kind") ? form.getFirst("kind") : "good")
                .flatMap(word -> Kind.of(word).stream())
                .<Reading>map(kind -> new Reading.Sound(new CustomersWanted(seed.getAsInt(), kind, count.getAsInt())))
                .findFirst()
                .orElseGet(() -> new Reading.Malformed("kind is one of " + String.join(", ", Kind.words()) + "."));
    }

    /** Their user names, as in {@code good-7-001}. */
    List<String> usernames() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "%s-%d-%03d".formatted(kind.word(), seed, number))
                .toList();
    }

    private static OptionalInt number(String text, int least, int most) {
        if (text == null || !text.matches("[0-9]{1,6}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
