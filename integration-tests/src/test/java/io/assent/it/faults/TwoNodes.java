package io.assent.it.faults;

import io.assent.testing.Eventually;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Keycloak;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Two nodes as clients see them that do not give up: each call goes to either node, and again, to the other one, until
 * a node answers it. Apps, TPPs, and the load balancers between do so.
 */
record TwoNodes(Keycloak one, Keycloak two) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

    /**
     * The first answer that is not a server's failure.
     *
     * @param failures takes what went wrong before
     */
    Answer ask(Failures failures, Function<Keycloak, Answer> call) {
        Keycloak node = any();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            try {
                Answer answer = call.apply(node);
                if (!isFailure(answer)) {
                    return answer;
                }
                failures.add(answer);
            } catch (UncheckedIOException noAnswer) {
                failures.add(noAnswer);
            }
            node = node == one ? two : one;
            Eventually.after(Instant.now().plus(BETWEEN_TRIES));
        }
        throw new AssertionError("no answer within " + PATIENCE + "; " + failures);
    }

    /** Also what Keycloak says to a client where its database gives it no connection in time. */
    static boolean isFailure(Answer answer) {
        return answer.status() >= 500
                || answer.status() == 400 && answer.body().contains("Unexpected error when authenticating client");
    }

    Keycloak any() {
        return ThreadLocalRandom.current().nextBoolean() ? one : two;
    }

    List<Keycloak> both() {
        return List.of(one, two);
    }
}
