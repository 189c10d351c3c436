package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Customers who are asked, answer, and take back, one journey after another, whatever becomes of the nodes meanwhile:
 * app and TPP make a call again that was not answered.
 */
final class Rush implements AutoCloseable {

    /** Asked, opened, approved and redeemed; granted, narrowed and ended. */
    static final int EVENTS_OF_A_JOURNEY = 7;

    private static final int CUSTOMERS = 8;
    private static final int REFUSED_ONE_IN = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final Duration POLLING_INTERVAL = Duration.ofMillis(1100);

    private final Tpp tpp;
    private final int least;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
    private final List<CompletableFuture<Void>> customers = new ArrayList<>();
    private volatile boolean mayEnd;

    private Rush(Tpp tpp, int least) {
        this.tpp = tpp;
        this.least = least;
    }

    /**
     * @param bank behind a load balancer
     * @param least how many journeys there are, or more if they are not to end before
     */
    static Rush begin(Realm bank, int least) {
        bank.openApi();
        Rush rush = new Rush(bank.tpp(ACME), least);
        for (int number = 0; number < CUSTOMERS; number++) {
            Customer customer = bank.newCustomer();
            BankApp app = customer.app().whereTheServerMayFail();
            rush.customers.add(CompletableFuture.runAsync(() -> rush.go(customer, app), rush.threads));
        }
        return rush;
    }

    /** Until there were so many more. */
    void awaitMore(int journeys) {
        int begin = done.get();
        Eventually.within(LONG, journeys + " journeys more", () -> failed() || done.get() >= begin + journeys);
        if (failed()) {
            customers.forEach(CompletableFuture::join);
        }
    }

    private boolean failed() {
        return customers.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** Until all that was begun is done; fails as a journey did. */
    void finish() {
        mayEnd = true;
        try {
            customers.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new AssertionError("a journey failed: " + e.getCause(), e.getCause());
        }
    }

    int journeys() {
        return done.get();
    }

    /** Calls that were made again. */
    int unanswered() {
        return unanswered.get();
    }

    private void go(Customer customer, BankApp app) {
        while (!mayEnd || done.get() < least) {
            journey(customer, app);
            done.incrementAndGet();
        }
    }

    private void journey(Customer customer, BankApp app) {
        Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Asked asked = Asked.of(answered(() -> tpp.request(customer, Map.of(), once, BALANCES, TRANSACTIONS)));
        JsonNode pending = answered(() -> app.requests("?status=pending")).list();
        assertThat(pending).hasSize(1);
        String request = pending.get(0).get("id").asText();
        answered(() -> app.request(request)).ok();
        if (done.get() % REFUSED_ONE_IN == 0) {
            assertThat(answered(() -> app.approve(request, DETAILS)).status()).isEqualTo(422);
        }
        answered(() -> app.approve(request, BALANCES, TRANSACTIONS)).ok();
        String consent = consent(fetched(asked), app);
        answered(() -> app.narrow(consent, BALANCES)).ok();
        answered(() -> app.withdraw(consent)).ok();
        assertThat(answered(() -> app.consents("?status=live")).list()).isEmpty();
    }

    private Answer fetched(Asked asked) {
        Answer fetched = answered(() -> tpp.poll(asked));
        while (fetched.error().equals("slow_down")) {
            Eventually.after(Instant.now().plus(POLLING_INTERVAL));
            fetched = answered(() -> tpp.poll(asked));
        }
        return fetched;
    }

    /** Also where the tokens were made, and the answer that had them was lost. */
    private String consent(Answer fetched, BankApp app) {
        if (fetched.status() == 200) {
            return Told.grantId(Tokens.of(fetched));
        }
        assertThat(fetched.error()).as(fetched.toString()).isEqualTo("invalid_grant");
        JsonNode live = answered(() -> app.consents("?status=live")).list();
        assertThat(live).hasSize(1);
        return live.get(0).get("id").asText();
    }

    /** The first answer that is not a server's failure, or the news that it is at work on it. */
    private Answer answered(Supplier<Answer> call) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Answer> answer = made(call);
            if (answer.filter(there -> there.status() < 500 && there.status() != 409)
                    .isPresent()) {
                return answer.get();
            }
            unanswered.incrementAndGet();
            Eventually.after(Instant.now().plus(BETWEEN_TRIES));
        }
        throw new AssertionError("no answer within " + PATIENCE);
    }

    private static Optional<Answer> made(Supplier<Answer> call) {
        try {
            return Optional.of(call.get());
        } catch (UncheckedIOException noAnswer) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        mayEnd = true;
        threads.shutdownNow();
    }
}
