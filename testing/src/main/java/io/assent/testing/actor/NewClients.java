package io.assent.testing.actor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of clients that tests make, which the realms' settings know of before there are such clients. */
public final class NewClients {

    private static final int MAX_CLIENTS = 400;
    private static final AtomicInteger MADE = new AtomicInteger();

    /** Every {@code client_id} that a client like one of these may get. */
    public static List<String> ids(String... models) {
        return IntStream.rangeClosed(1, MAX_CLIENTS)
                .boxed()
                .flatMap(number -> Stream.of(models).map(model -> id(model, number)))
                .toList();
    }

    /** The {@code client_id} of a client that is to be made. */
    static String next(String model) {
        return id(model, MADE.incrementAndGet());
    }

    private static String id(String model, int number) {
        return model + "-" + number;
    }

    private NewClients() {}
}
