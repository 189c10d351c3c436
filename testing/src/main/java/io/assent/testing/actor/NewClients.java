package io.assent.testing.actor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of clients that tests make, which the realms' settings know of before there are such clients. */
public final class NewClients {

    /** Far more than the tests of one run make like one of them. */
    private static final int MAX_CLIENTS = 400;

    private static final Map<String, AtomicInteger> MADE = new ConcurrentHashMap<>();

    /** Every {@code client_id} that a client like one of these may get. */
    public static List<String> ids(String... models) {
        return IntStream.rangeClosed(1, MAX_CLIENTS)
                .boxed()
                .flatMap(number -> Stream.of(models).map(model -> id(model, number)))
                .toList();
    }

    /** The {@code client_id} of a client that is to be made; fails where the realms' settings would not know it. */
    static String next(String model) {
        int number = MADE.computeIfAbsent(model, any -> new AtomicInteger()).incrementAndGet();
        if (number > MAX_CLIENTS) {
            throw new AssertionError("more than " + MAX_CLIENTS + " clients like " + model + ": raise the bound");
        }
        return id(model, number);
    }

    private static String id(String model, int number) {
        return model + "-" + number;
    }

    private NewClients() {}
}
