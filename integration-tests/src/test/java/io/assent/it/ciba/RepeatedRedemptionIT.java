package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A poll that is sent again because its answer was lost, in a realm whose rules let clients do so. */
class RepeatedRedemptionIT {

    private static final String REALM = "repeats";
    private static final String TRANSFER = "transfers.one";

    private final Admin admin = Servers.bank(Database.POSTGRESQL).admin();
    private Realm realm;
    private Tpp acme;
    private Customer customer;
    private BankApp app;

    @BeforeEach
    void letClientsRepeat() {
        admin.createRealm(Servers.realmFile().named(REALM));
        admin.demandOfEveryClient(REALM, repeatable(60));
        realm = Servers.shared(Database.POSTGRESQL).realm(REALM);
        acme = realm.tpp(ACME);
        customer = realm.newCustomer();
        app = customer.app();
    }

    @AfterEach
    void removeRealm() {
        admin.removeRealm(REALM);
    }

    private String repeatable(int seconds) {
        admin.consentRules(REALM, Map.of("repeat-redemption-seconds", String.valueOf(seconds)))
                .ok();
        return "consents";
    }

    private Asked approved(String... scopes) {
        Asked asked = acme.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return asked;
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_grant");
    }

    @Test
    void aRepeatGetsNewTokensUnderTheSameConsentAndEndsTheFirst() {
        Asked asked = approved(BALANCES, TRANSACTIONS);
        Tokens lost = Tokens.of(acme.poll(asked));

        Tokens tokens = Tokens.of(acme.poll(asked));

        assertThat(grantId(tokens)).isEqualTo(grantId(lost));
        assertThat(tokens.accessTokenScope()).isEqualTo(lost.accessTokenScope());
        acme.assertDead(lost);
        acme.assertAlive(tokens);
        assertThat(app.onlyConsent().get("id").asText()).isEqualTo(grantId(tokens));
        assertThat(app.consent(grantId(tokens)).ok().get("history")).hasSize(1);
        Tokens again = Tokens.of(acme.poll(asked));
        acme.assertDead(tokens);
        app.withdraw(grantId(again)).ok();
        acme.assertDead(again);
        assertRefused(acme.poll(asked));
    }

    @Test
    void ofPollsAtOnceNeverTwoSetsLive() throws Exception {
        for (int round = 0; round < 6; round++) {
            Asked asked = approved(BALANCES);
            Callable<Answer> poll = () -> acme.poll(asked);

            List<Answer> answers = AtOnce.all(Collections.nCopies(5, poll));

            List<Tokens> sets = answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .map(Tokens::of)
                    .toList();
            assertThat(sets).as(answers.toString()).isNotEmpty();
            answers.stream().filter(answer -> answer.status() != 200).forEach(RepeatedRedemptionIT::assertRefused);
            List<Tokens> living = sets.stream().filter(this::lives).toList();
            assertThat(living).as("living sets of " + sets.size()).hasSize(1);
            sets.stream().filter(tokens -> !living.contains(tokens)).forEach(acme::assertDead);
            acme.assertAlive(living.get(0));
            app.withdraw(grantId(living.get(0))).ok();
        }
    }

    private boolean lives(Tokens tokens) {
        return realm.api().introspect(tokens).ok().get("active").asBoolean();
    }

    @Test
    void aRefreshAtTheSameTimeKeepsNothingOfTheFirstSetAlive() throws Exception {
        for (int round = 0; round < 6; round++) {
            Asked asked = approved(BALANCES);
            Tokens first = Tokens.of(acme.poll(asked));

            List<Answer> answers = AtOnce.all(List.of(() -> acme.refresh(first), () -> acme.poll(asked)));

            Tokens second = Tokens.of(answers.get(1));
            if (answers.get(0).status() == 200) {
                acme.assertDead(Tokens.of(answers.get(0)));
            }
            acme.assertDead(first);
            acme.assertAlive(second);
            app.withdraw(grantId(second)).ok();
        }
    }

    @Test
    void whatTheCustomerTookBackMeanwhileIsNotInTheNewTokens() {
        Asked asked = approved(BALANCES, TRANSACTIONS);
        Tokens lost = Tokens.of(acme.poll(asked));
        app.narrow(grantId(lost), BALANCES).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));

        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(admin.grantedScopes(REALM, customer.id(), ACME)).containsExactly(BALANCES);
        acme.assertDead(lost);
        assertThat(Tokens.of(acme.refresh(tokens)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aRepeatOfAMergeIsForAllOfTheGrant() {
        Tokens before = Tokens.of(acme.poll(approved(BALANCES)));
        Asked asked = Asked.of(acme.request(
                customer, Map.of("grant_management_action", "merge", "grant_id", grantId(before)), TRANSACTIONS));
        app.approve(app.onlyPendingId()).ok();
        Tokens lost = Tokens.of(acme.poll(asked));

        Tokens tokens = Tokens.of(acme.poll(asked));

        assertThat(grantId(tokens)).isEqualTo(grantId(before));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);
        acme.assertDead(lost);
        acme.assertDead(before);
        acme.assertAlive(tokens);
    }

    @Test
    void whatALaterRequestChangedIsNotRepeated() {
        Asked first = approved(BALANCES);
        Tokens before = Tokens.of(acme.poll(first));
        Asked merge = Asked.of(acme.request(
                customer, Map.of("grant_management_action", "merge", "grant_id", grantId(before)), TRANSACTIONS));
        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(acme.poll(merge));

        assertRefused(acme.poll(first));

        acme.assertAlive(tokens);
    }

    @Test
    void afterItsTimeARepeatIsRefusedAndTheTokensLive() {
        repeatable(2);
        Asked asked = approved(BALANCES);
        Tokens tokens = Tokens.of(acme.poll(asked));
        Eventually.after(Instant.now().plusMillis(2_100));

        assertRefused(acme.poll(asked));

        acme.assertAlive(tokens);
    }

    @Test
    void aRepeatIsTheClientsOwnAndNotForALockedOutCustomer() {
        Asked asked = approved(BALANCES);
        Tokens tokens = Tokens.of(acme.poll(asked));

        assertRefused(realm.newTpp(ACME, client -> {}).poll(asked));
        customer.lockOut();
        assertRefused(acme.poll(asked));

        acme.assertAlive(tokens);
        admin.unlock(REALM, customer.id());
        acme.assertAlive(Tokens.of(acme.poll(asked)));
    }

    @Test
    void whatWasGrantedForOneTokenIsNotIssuedAgain() {
        ObjectNode permission = Http.object().put("name", TRANSFER).put("protocol", "openid-connect");
        permission
                .withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("always.display.consent", "true")
                .put("consent.screen.text", "Make one transfer")
                .put("include.in.token.scope", "true");
        admin.createScope(REALM, permission);
        admin.assignScope(REALM, ACME, TRANSFER, "optional");
        Asked asked = Asked.of(acme.request(customer, Map.of("binding_message", "42"), TRANSFER, BALANCES));
        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenScope()).contains(TRANSFER);

        assertRefused(acme.poll(asked));

        assertThat(lives(tokens)).isTrue();
    }
}
