package io.assent.it.faults;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.FaultyDatabase;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One question of a TPP to a customer, from the asking to the end, among faults: both clients try again what failed.
 * Holds everything that they were told, and judges it.
 */
final class Journey {

    /** What the customer does. */
    enum Will {
        APPROVE_ALL,
        APPROVE_A_PART,
        DENY,
        /** Answers nothing in time, and too late approves. */
        COME_LATE
    }

    /** How it ended for the TPP. */
    enum End {
        TOKENS,
        /** The tokens were made, and the answer with them did not reach the TPP. */
        TOKENS_LOST,
        DENIED,
        EXPIRED
    }

    static final String TPP = ACME;

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final Duration POLLING_INTERVAL = Duration.ofMillis(1100);
    private static final Set<String> NOT_YET = Set.of("authorization_pending", "slow_down");
    private static final Set<String> DOCUMENTED =
            Set.of("authorization_pending", "slow_down", "expired_token", "access_denied", "invalid_grant");

    private final String name;
    private final TwoNodes nodes;
    private final Customer customer;
    private final String appToken;
    private final Will will;
    private final Failures failures;

    private final List<Tokens> tokens = new ArrayList<>();
    private Asked asked;
    private String requestId;
    private String lastError;
    private volatile boolean pollUnanswered;
    private int askedAgain;

    /**
     * @param name not the name of another journey of the same customer; its binding message
     * @param customer the same on both nodes; the realm may be that of either
     */
    Journey(String name, TwoNodes nodes, Customer customer, String appToken, Will will, Failures failures) {
        this.name = name;
        this.nodes = nodes;
        this.customer = customer;
        this.appToken = appToken;
        this.will = will;
        this.failures = failures;
    }

    /** The TPP asks; where it does not hear an answer, it sends the same again. */
    void ask() {
        int[] tries = {0};
        String key = UUID.randomUUID().toString();
        Answer answer = nodes.ask(failures, node -> {
            tries[0]++;
            return unlessInProgress(tpp(node)
                    .request(
                            customer,
                            Map.of("binding_message", name),
                            Map.of("Idempotency-Key", key),
                            BALANCES,
                            TRANSACTIONS));
        });
        asked = Asked.of(answer);
        askedAgain = tries[0] - 1;
    }

    /** What is being answered on the other node is to be sent again soon. */
    private static Answer unlessInProgress(Answer answer) {
        if (answer.status() == 409) {
            throw new UncheckedIOException(new IOException("in progress"));
        }
        return answer;
    }

    /** The customer finds the question and answers it. */
    void decide() {
        JsonNode found = null;
        for (JsonNode request :
                nodes.ask(failures, node -> app(node).requests("?max=100")).list()) {
            if (request.get("bindingMessage").asText().equals(name)) {
                assertThat(found)
                        .as("%s: another question for the same call", this)
                        .isNull();
                found = request;
            }
        }
        assertThat(found).as("%s: what the TPP was told is asked", this).isNotNull();
        requestId = found.get("id").asText();
        if (will != Will.COME_LATE) {
            JsonNode decision =
                    nodes.ask(failures, node -> answer(app(node))).ok().get("decision");
            assertThat(decision.get("decision").asText())
                    .as("%s", this)
                    .isEqualTo(will == Will.DENY ? "deny" : "approve");
            assertThat(texts(decision.get("grantedScopes"))).as("%s", this).isEqualTo(granted());
        }
    }

    /** The TPP polls until it hears an end. */
    void fetch() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!ended()) {
            assertThat(Instant.now()).as("%s: no end; %s", this, failures).isBefore(deadline);
            hear(poll());
            if (!ended()) {
                Eventually.after(Instant.now().plus(POLLING_INTERVAL));
            }
        }
    }

    /** Two workers of the TPP poll at the same time, one at each node; then as always. */
    void fetchFromBothAtOnce() {
        List<Callable<Void>> polls = new ArrayList<>();
        for (Keycloak node : nodes.both()) {
            polls.add(() -> {
                pollOnce(node).ifPresent(this::hear);
                return null;
            });
        }
        try {
            AtOnce.all(polls);
        } catch (ExecutionException e) {
            throw new AssertionError(this + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        fetch();
    }

    /** When all is well again: whatever is tried now, the end is the end. Fails where it was not the right one. */
    End settle(FaultyDatabase database) {
        if (will == Will.COME_LATE) {
            Answer late = nodes.ask(failures, node -> answer(app(node)));
            assertThat(late.problem()).as("%s: too late, %s", this, late).isEqualTo("expired");
        }
        for (Keycloak node : nodes.both()) {
            Answer again = Eventually.within(
                    PATIENCE, this + ": an answer", () -> tpp(node).poll(asked), answer -> !TwoNodes.isFailure(answer));
            assertThat(again.status()).as("%s: polled again, %s", this, again).isEqualTo(400);
            assertThat(again.error()).as("%s: polled again, %s", this, again).isEqualTo(errorAfterTheEnd());
        }
        List<String> row = database.rows(
                        "SELECT status, granted_permissions FROM consent_request WHERE id = '" + requestId + "'")
                .get(0);
        assertThat(row.get(0)).as("%s: what is stored", this).isEqualTo(expectedStatus());
        if (!approves()) {
            assertThat(tokens).as("%s: tokens", this).isEmpty();
            assertThat(lastError).as("%s", this).isEqualTo(errorAfterTheEnd());
            return will == Will.DENY ? End.DENIED : End.EXPIRED;
        }
        assertThat(Tokens.split(row.get(1))).as("%s: what is stored", this).isEqualTo(granted());
        assertThat(tokens).as("%s: tokens", this).hasSizeLessThanOrEqualTo(1);
        if (tokens.isEmpty()) {
            assertThat(lastError).as("%s: without tokens", this).isEqualTo("invalid_grant");
            assertThat(pollUnanswered)
                    .as("%s: no tokens, and no answer was lost", this)
                    .isTrue();
            return End.TOKENS_LOST;
        }
        Set<String> scope = tokens.get(0).accessTokenScope();
        assertThat(scope)
                .as("%s: scope", this)
                .contains("openid")
                .hasSize(granted().size() + 1);
        assertThat(scope).as("%s: scope", this).containsAll(granted());
        for (Keycloak node : nodes.both()) {
            assertThat(node.realm(Servers.BANK)
                            .api()
                            .introspect(tokens.get(0))
                            .ok()
                            .get("active")
                            .asBoolean())
                    .as("%s: the token works", this)
                    .isTrue();
        }
        return End.TOKENS;
    }

    /** How often the same was sent again, because the answer was lost. */
    int askedAgain() {
        return askedAgain;
    }

    boolean approves() {
        return will == Will.APPROVE_ALL || will == Will.APPROVE_A_PART;
    }

    @Override
    public String toString() {
        return "journey " + name + " (" + will + ", request " + requestId + ")";
    }

    private Answer answer(BankApp app) {
        return switch (will) {
            case APPROVE_ALL, COME_LATE -> app.approve(requestId, BALANCES, TRANSACTIONS);
            case APPROVE_A_PART -> app.approve(requestId, TRANSACTIONS);
            case DENY -> app.deny(requestId);
        };
    }

    private Set<String> granted() {
        return switch (will) {
            case APPROVE_ALL -> Set.of(BALANCES, TRANSACTIONS);
            case APPROVE_A_PART -> Set.of(TRANSACTIONS);
            case DENY, COME_LATE -> Set.of();
        };
    }

    private String expectedStatus() {
        return switch (will) {
            case APPROVE_ALL, APPROVE_A_PART -> "REDEEMED";
            case DENY -> "DENIED";
            case COME_LATE -> "PENDING";
        };
    }

    private String errorAfterTheEnd() {
        return switch (will) {
            case APPROVE_ALL, APPROVE_A_PART -> "invalid_grant";
            case DENY -> "access_denied";
            case COME_LATE -> "expired_token";
        };
    }

    private Answer poll() {
        int[] tries = {0};
        Answer answer = nodes.ask(failures, node -> {
            tries[0]++;
            return tpp(node).poll(asked);
        });
        pollUnanswered |= tries[0] > 1;
        return answer;
    }

    private Optional<Answer> pollOnce(Keycloak node) {
        try {
            Answer answer = tpp(node).poll(asked);
            if (!TwoNodes.isFailure(answer)) {
                return Optional.of(answer);
            }
            failures.add(answer);
        } catch (UncheckedIOException noAnswer) {
            failures.add(noAnswer);
        }
        pollUnanswered = true;
        return Optional.empty();
    }

    private synchronized void hear(Answer answer) {
        if (answer.status() == 200) {
            tokens.add(Tokens.of(answer));
        } else {
            assertThat(answer.status()).as("%s: %s", this, answer).isEqualTo(400);
            assertThat(answer.error()).as("%s: %s", this, answer).isIn(DOCUMENTED);
            if (!NOT_YET.contains(answer.error())) {
                lastError = answer.error();
            }
        }
    }

    synchronized boolean hasTokens() {
        return !tokens.isEmpty();
    }

    private synchronized boolean ended() {
        return !tokens.isEmpty() || lastError != null;
    }

    private Tpp tpp(Keycloak node) {
        return node.realm(customer.realm().name()).tpp(TPP);
    }

    private BankApp app(Keycloak node) {
        return new BankApp(node.realm(customer.realm().name()), appToken).whereTheServerMayFail();
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }
}
