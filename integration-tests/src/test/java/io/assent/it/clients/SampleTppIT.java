package io.assent.it.clients;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Ports;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples of a TPP, started as they say, with the sandbox in the customer's place. */
@Tag("long")
class SampleTppIT {

    private static final String ASKED = "auth_req_id ";

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();

    private enum Sample {
        NODE {
            private NodeProject project;

            @Override
            Process start(Map<String, String> environment) throws IOException {
                if (project == null) {
                    project = NodeProject.install(SampleJar.SAMPLES.resolve("tpp-node"));
                }
                return project.start(environment, "node", "tpp.mjs");
            }
        },
        JAVA {
            @Override
            Process start(Map<String, String> environment) throws IOException {
                return SampleJar.of("tpp-java").start(environment);
            }
        };

        abstract Process start(Map<String, String> environment) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheCustomerGrantedAndRefreshes(Sample sample) throws Exception {
        try (Conversation tpp = start(sample, bank.tpp(ACME), Map.of())) {
            decide(tpp, Map.of("action", "allow"));

            assertThat(tpp.hear())
                    .startsWith("Granted: ")
                    .contains("openid")
                    .contains("accounts.details")
                    .contains("accounts.balances");
            assertThat(tpp.hear()).matches("Account: Everyday, [0-9.]+ EUR");
            String last = tpp.hear();
            while (last.startsWith("Account: ")) {
                last = tpp.hear();
            }
            assertThat(last).matches("Refreshed: good for [1-9][0-9]* s, grant [0-9a-f-]{36}");
            assertThat(tpp.end()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsNoBalancesThatWereNotGranted(Sample sample) throws Exception {
        try (Conversation tpp = start(sample, bank.tpp(ACME), Map.of())) {
            decide(tpp, Map.of("action", "allow", "scope", "accounts.details"));

            assertThat(tpp.hear()).startsWith("Granted: ").doesNotContain("accounts.balances");
            assertThat(tpp.hear()).isEqualTo("Account: Everyday");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsANo(Sample sample) throws Exception {
        try (Conversation tpp = start(sample, bank.tpp(ACME), Map.of())) {
            decide(tpp, Map.of("action", "deny"));

            assertThat(tpp.hear()).startsWith("No: access_denied");
            assertThat(tpp.end()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldByAPing(Sample sample) throws Exception {
        int port = Ports.free();
        Tpp pinged = bank.newPingTpp(URI.create("http://127.0.0.1:" + port + "/ping"));
        Map<String, String> question =
                Map.of("PING_PORT", String.valueOf(port), "SCOPE", "openid " + BALANCES, "DETAILS", "");
        try (Conversation tpp = start(sample, pinged, question)) {
            decide(tpp, Map.of("action", "allow"));

            assertThat(tpp.hear()).isEqualTo("The bank pinged.");
            assertThat(tpp.hear()).startsWith("Granted: ").contains(BALANCES);
            assertThat(tpp.hear()).startsWith("Refreshed: ");
            assertThat(tpp.end()).isZero();
        }
    }

    /** After half a minute: no later, since the request's time would be over. */
    @ParameterizedTest
    @EnumSource
    void hasTheAnswerAlsoWhereThePingIsLost(Sample sample) throws Exception {
        Tpp pinged = bank.newPingTpp(URI.create("http://127.0.0.1:" + Ports.free() + "/ping"));
        Map<String, String> question =
                Map.of("PING_PORT", String.valueOf(Ports.free()), "SCOPE", "openid " + BALANCES, "DETAILS", "");
        try (Conversation tpp = start(sample, pinged, question)) {
            decide(tpp, Map.of("action", "allow"));

            assertThat(tpp.hear()).startsWith("Granted: ").contains(BALANCES);
        }
    }

    private Conversation start(Sample sample, Tpp tpp, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("ISSUER", bank.uri("").toString());
        environment.put("CLIENT_ID", tpp.clientId());
        environment.put("CLIENT_SECRET", tpp.secret());
        environment.put("CUSTOMER", customer.username());
        return new Conversation(sample.start(environment));
    }

    private void decide(Conversation tpp, Map<String, String> answer) {
        String asked = tpp.hear();
        assertThat(asked).startsWith("Asked " + customer.username()).contains(ASKED);
        Map<String, String> decision = new HashMap<>(answer);
        decision.put("auth_req_id", asked.substring(asked.indexOf(ASKED) + ASKED.length()));
        Http.send(Http.form(bank.uri("/sandbox/decisions"), decision)).ok();
    }
}
