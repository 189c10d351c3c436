package io.assent.sandbox.load;

import io.assent.sandbox.load.Calls.Answer;
import io.assent.sandbox.load.Plan.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * Plays the journeys of many customers of a running sandbox at the same time, and says how many went well and how long
 * the calls took. The customers are the sandbox's own, and its script answers for them.
 *
 * <p>Ends with exit code 0 where every journey went well, with 1 where one did not, and with 2 where it can't begin.
 */
public final class Load {

    /** Few enough that a slow machine makes them within the time of a call. */
    private static final int OF_A_SEED = 20;

    private static final String SCRIPT =
            "{\"rules\":[{\"bindingMessage\":\"" + Trip.BINDING_MESSAGE + "\",\"action\":\"allow\"}]}";

    private final Plan plan;
    private final Calls calls;
    private final Figures figures = new Figures();

    private Load(Plan plan, Calls calls) {
        this.plan = plan;
        this.calls = calls;
    }

    /** Arguments as {@link Plan#read} has them; {@code CLIENT_ID} and {@code CLIENT_SECRET} of the environment. */
    public static void main(String[] arguments) throws InterruptedException {
        Reading read = Plan.read(List.of(arguments));
        if (read instanceof Reading.Refused refused) {
            System.err.println("No load: " + refused.why());
            System.exit(2);
        }
        Plan plan = ((Reading.Sound) read).plan();
        Calls calls = new Calls(
                plan.realm(),
                System.getenv().getOrDefault("CLIENT_ID", "acme-aisp"),
                System.getenv().getOrDefault("CLIENT_SECRET", "acme-aisp-secret"));
        try {
            System.exit(new Load(plan, calls).play() ? 0 : 1);
        } catch (FailedException e) {
            System.err.println("No load: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean play() throws InterruptedException {
        BlockingQueue<String> idle = new LinkedBlockingQueue<>(customers());
        need("the script", Map.of("script", SCRIPT), "/sandbox/script");
        System.out.printf("%d customers of %s, %d journeys a second%n", idle.size(), plan.realm(), plan.rate());
        long began = System.nanoTime();
        begin(idle, began);
        figures.lines(Duration.ofNanos(System.nanoTime() - began)).forEach(System.out::println);
        return figures.allDone();
    }

    /** Begins journeys, at an even pace, and waits until the last has ended. A customer is in one at a time. */
    private void begin(BlockingQueue<String> idle, long began) throws InterruptedException {
        long pause = TimeUnit.SECONDS.toNanos(1) / plan.rate();
        Optional<Long> end = plan.time().map(time -> began + time.toNanos());
        Phaser underWay = new Phaser(1);
        for (int journey = 0; end.map(last -> System.nanoTime() - last < 0).orElse(true); journey++) {
            if (end.isEmpty() && journey == plan.customers()) {
                break;
            }
            TimeUnit.NANOSECONDS.sleep(began + journey * pause - System.nanoTime());
            String customer = idle.take();
            underWay.register();
            new Trip(calls, figures, customer).play().thenRun(() -> {
                idle.add(customer);
                underWay.arriveAndDeregister();
            });
        }
        underWay.arriveAndAwaitAdvance();
    }

    /** Has the sandbox make them; those of a run before are the same. */
    private List<String> customers() {
        List<String> usernames = new ArrayList<>();
        for (int seed = plan.seed(); usernames.size() < plan.customers(); seed++) {
            int count = Math.min(OF_A_SEED, plan.customers() - usernames.size());
            Map<String, String> wanted = Map.of("seed", String.valueOf(seed), "count", String.valueOf(count));
            need("the customers", wanted, "/sandbox/customers")
                    .body()
                    .path("customers")
                    .forEach(made -> usernames.add(made.path("username").asText()));
        }
        return usernames;
    }

    private Answer need(String what, Map<String, String> form, String path) {
        try {
            Answer answer = calls.post(path, form).join();
            if (answer.isOk()) {
                return answer;
            }
            throw new FailedException(
                    "the sandbox refused " + what + " with " + answer.status() + " " + answer.problem());
        } catch (CompletionException e) {
            throw new FailedException(plan.realm() + " gives " + e.getCause().getMessage());
        }
    }
}
