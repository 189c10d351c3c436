package io.assent.it.signature;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.Approval;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a signature costs: decisions with one and without one take turns on one connection, so that whatever else the
 * machine does costs both alike.
 */
@Tag("long")
@Tag("weekly")
class SignatureCostIT {

    private static final int PAIRS = 60;
    /**
     * What is asked beside all other tests, which fight for the processor. The goal is 0.8; alone on a machine it can
     * be asked for by {@code -Dassent.cost.goal=0.8}.
     */
    private static final double GOAL = Double.parseDouble(System.getProperty("assent.cost.goal", "0.5"));
    /** A machine that is busy makes one round say nothing; a signature that costs too much does so in each. */
    private static final int ROUNDS = 5;

    private static final int WARM_UP = 3;

    private final Realm bank = Servers.signing(Database.POSTGRESQL);

    @Test
    void aSignedDecisionCostsLittleMoreThanAnUnsignedOne() {
        // until what checks signatures is compiled
        for (int round = 0; round < WARM_UP; round++) {
            pairs();
        }
        double best = 0;
        for (int round = 0; round < ROUNDS && best < GOAL; round++) {
            Pair medians = pairs();
            best = Math.max(best, (double) medians.unsigned() / medians.signed());
            System.out.printf(
                    "Decision, p50: %.2f ms, signed: %.2f ms%n", medians.unsigned() / 1e6, medians.signed() / 1e6);
        }
        assertThat(best).as("signed decisions in the time of an unsigned one").isGreaterThanOrEqualTo(GOAL);
    }

    private record Pair(long unsigned, long signed) {}

    /** The medians of both, in nanoseconds. */
    private Pair pairs() {
        // one of each round's own: nobody reads so much in a minute
        Customer customer = bank.newCustomer();
        SigningPhone phone = SigningPhone.of(customer);
        List<HttpRequest.Builder> calls = new ArrayList<>();
        for (int call = 0; call < 2 * PAIRS; call++) {
            calls.add(approval(customer, phone, call % 2 == 1));
        }
        List<Long> unsigned = new ArrayList<>();
        List<Long> signed = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            long start = System.nanoTime();
            Answer answer = Http.send(calls.get(call));
            (call % 2 == 1 ? signed : unsigned).add(System.nanoTime() - start);
            answer.ok();
        }
        return new Pair(median(unsigned), median(signed));
    }

    private HttpRequest.Builder approval(Customer customer, SigningPhone phone, boolean signed) {
        bank.tpp(ACME).ask(customer, BALANCES);
        JsonNode request = phone.app()
                .request(phone.app().ids("?status=pending&max=1").get(0))
                .ok();
        Approval all = Approval.ofAll(request);
        String body = signed
                ? all.body()
                        .put("signature", phone.decision(request, all).by(phone.key()))
                        .toString()
                : all.body().toString();
        return Http.json(bank.uri("/consent/v1/requests/" + request.get("id").asText() + "/decision"), "PUT", body)
                .header("Authorization", "Bearer " + phone.app().accessToken());
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }
}
