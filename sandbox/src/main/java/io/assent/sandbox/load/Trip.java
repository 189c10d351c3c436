package io.assent.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.sandbox.load.Calls.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One customer's journey: the TPP asks, polls until the script has answered, reads the accounts and the balances of the
 * first, and refreshes. A chain of calls and pauses, so that one that waits holds no thread.
 */
final class Trip {

    static final String BINDING_MESSAGE = "Load";

    private static final String TOKEN = "/protocol/openid-connect/token";
    private static final String BACKCHANNEL = "/protocol/openid-connect/ext/ciba/auth";
    private static final String BANK = "/sandbox/bank/accounts";
    private static final String SCOPE = "openid accounts.details accounts.balances";
    private static final String DETAILS =
            "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\",\"read_balances\"]}]";

    /** What a server that names no interval means (CIBA Core 1.0, section 7.3). */
    private static final int DEFAULT_INTERVAL = 5;

    /** What {@code slow_down} adds (section 11). */
    private static final int SLOW_DOWN = 5;

    private final Calls calls;
    private final Figures figures;
    private final String customer;

    Trip(Calls calls, Figures figures, String customer) {
        this.calls = calls;
        this.figures = figures;
        this.customer = customer;
    }

    /** @return ends when the journey has, and never with an exception: what failed is in the figures */
    CompletableFuture<Void> play() {
        long began = System.nanoTime();
        return ask().thenCompose(asked -> poll(
                        asked.path("auth_req_id").asText(),
                        asked.path("interval").asInt(DEFAULT_INTERVAL)))
                .thenCompose(this::read)
                .thenCompose(this::refresh)
                .handle((refreshed, failure) -> {
                    if (failure == null) {
                        figures.done(since(began));
                    } else {
                        figures.failed(problem(failure));
                    }
                    return null;
                });
    }

    private CompletableFuture<JsonNode> ask() {
        return need(
                Step.ASK,
                () -> calls.post(
                        BACKCHANNEL,
                        Map.of(
                                "login_hint", customer,
                                "scope", SCOPE,
                                "authorization_details", DETAILS,
                                "binding_message", BINDING_MESSAGE)));
    }

    /** Until there is an answer, which is at the latest that the request has expired. */
    private CompletableFuture<JsonNode> poll(String authReqId, int interval) {
        return after(interval, () -> call(
                        Step.POLL,
                        () -> calls.post(
                                TOKEN,
                                Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", authReqId)))
                .thenCompose(answer -> switch (answer.problem()) {
                    case "authorization_pending" -> poll(authReqId, interval);
                    case "slow_down" -> poll(authReqId, interval + SLOW_DOWN);
                    default -> CompletableFuture.completedFuture(ok(Step.POLL, answer));
                }));
    }

    /** @return the tokens that it was given */
    private CompletableFuture<JsonNode> read(JsonNode tokens) {
        String token = tokens.path("access_token").asText();
        return need(Step.ACCOUNTS, () -> calls.get(BANK, token))
                .thenCompose(accounts -> {
                    String id = accounts.at("/accounts/0/id").asText();
                    return need(Step.BALANCES, () -> calls.get(BANK + "/" + id + "/balances", token));
                })
                .thenApply(balances -> tokens);
    }

    private CompletableFuture<JsonNode> refresh(JsonNode tokens) {
        return need(
                Step.REFRESH,
                () -> calls.post(
                        TOKEN,
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asText())));
    }

    private CompletableFuture<JsonNode> need(Step step, Supplier<CompletableFuture<Answer>> call) {
        return call(step, call).thenApply(answer -> ok(step, answer));
    }

    private CompletableFuture<Answer> call(Step step, Supplier<CompletableFuture<Answer>> call) {
        long began = System.nanoTime();
        return call.get()
                .whenComplete((answer, failure) -> figures.called(step, since(began)))
                .exceptionally(failure -> {
                    throw new FailedException(step + ": " + problem(failure));
                });
    }

    private static JsonNode ok(Step step, Answer answer) {
        if (!answer.isOk()) {
            throw new FailedException((step + ": " + answer.status() + " " + answer.problem()).strip());
        }
        return answer.body();
    }

    private static <T> CompletableFuture<T> after(int seconds, Supplier<CompletableFuture<T>> next) {
        Executor later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
        return CompletableFuture.supplyAsync(next, later).thenCompose(begun -> begun);
    }

    private static String problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FailedException ? cause.getMessage() : cause.toString();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
