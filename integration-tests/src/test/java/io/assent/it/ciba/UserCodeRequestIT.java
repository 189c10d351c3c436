package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What a customer tells a TPP, so that it may ask: a user code, or a hint for one time (CIBA Core 1.0, section 7.1).
 */
class UserCodeRequestIT {

    private static final String REALM = "codes";
    private static final String CODE = "k4-Secret!";
    private static final Admin ADMIN = Servers.bank().admin();

    private final Realm bank = Servers.bank().server().realm(REALM);
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void makeARealm() {
        ADMIN.createRealm(Servers.realmFile().named(REALM));
    }

    @AfterAll
    static void removeIt() {
        ADMIN.removeRealm(REALM);
    }

    private Answer ask(Customer whom, String... code) {
        return acme.request(whom, code.length == 0 ? Map.of() : Map.of("user_code", code[0]), BALANCES);
    }

    private void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(app.pending()).isEmpty();
    }

    private void deny() {
        app.deny(app.onlyPendingId()).ok();
    }

    @Nested
    class UserCode {

        @Test
        void whoSetOneIsAskedWithItAlone() {
            app.setUserCode(CODE).ok();

            assertRefused(ask(customer), "missing_user_code");
            assertRefused(ask(customer, "k4-secret!"), "invalid_user_code");
            assertRefused(ask(customer, "x".repeat(65)), "invalid_user_code");
            Asked.of(ask(customer, CODE));
            deny();

            app.removeUserCode().ok();
            Asked.of(ask(customer));
        }

        @Test
        void whoSetNoneIsAskedWithoutOne() {
            assertRefused(ask(customer, CODE), "invalid_user_code");
            Asked.of(ask(customer));
        }

        @Test
        void itComesInASignedRequestToo() {
            app.setUserCode(CODE).ok();
            SigningKey key = SigningKey.generate();
            Tpp signer = bank.newTpp(ACME, key::signsBackchannelRequestsOf);
            ObjectNode claims = signer.requestClaims(customer, BALANCES);

            assertRefused(signer.backchannel(Map.of("request", key.sign(claims))), "missing_user_code");
            assertRefused(
                    signer.backchannel(Map.of("request", key.sign(claims.put("user_code", "wrong")))),
                    "invalid_user_code");
            Asked.of(signer.backchannel(Map.of("request", key.sign(claims.put("user_code", CODE)))));
        }

        @Test
        void whoGuessesLocksTheCustomerOutLikeWhoGuessesThePassword() {
            app.setUserCode(CODE).ok();
            for (int guess = 0; guess < 4; guess++) {
                ask(customer, "guess-" + guess);
            }

            // the server counts beside the call
            Eventually.within(Duration.ofSeconds(10), "the customer to be locked out", () -> "unknown_user_id"
                    .equals(ask(customer, CODE).error()));
        }

        @Test
        void whereTheBankDoesNotTellWhoIsACustomerNoCodeTellsIt() {
            app.setUserCode(CODE).ok();
            ADMIN.concealCustomers(REALM, true);
            try {
                assertThat(ask(customer).status()).isEqualTo(200);
                assertThat(ask(customer, "wrong").status()).isEqualTo(200);
                assertThat(app.pending()).isEmpty();

                assertThat(ask(customer, CODE).status()).isEqualTo(200);
                deny();
            } finally {
                ADMIN.concealCustomers(REALM, false);
            }
        }
    }

    /** What the app shows as a QR code. */
    @Nested
    class HintForOneTime {

        private Answer hinted(Tpp tpp, String token) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("scope", "openid " + BALANCES);
            form.put("login_hint_token", token);
            return tpp.backchannel(form);
        }

        @Test
        void itNamesTheCustomerOnceAndSaysNothingOfWhoThatIs() {
            app.setUserCode(CODE).ok();
            String token = app.loginHintToken().ok().get("loginHintToken").asText();
            assertThat(token).hasSize(26).doesNotContain(customer.id());

            Asked.of(hinted(acme, token));

            deny();
            assertRefused(hinted(acme, token), "expired_login_hint_token");
        }

        @Test
        void itIsOfOneRealmAndOfTheRightForm() {
            String token = app.loginHintToken().ok().get("loginHintToken").asText();

            assertRefused(hinted(Servers.bank().tpp(ACME), token), "expired_login_hint_token");
            assertRefused(hinted(acme, token.toLowerCase(Locale.ROOT)), "invalid_request");
            assertRefused(hinted(acme, "A".repeat(26)), "expired_login_hint_token");
        }
    }
}
