package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
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
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A TPP asks and polls; the customer answers. */
@ParameterizedClass
@EnumSource(Database.class)
class PollJourneyIT {

    private final Realm bank;
    private final Realm brief;
    private final Tpp acme;

    PollJourneyIT(Database database) {
        bank = Servers.bank(database);
        brief = Servers.brief(database);
        acme = bank.tpp(ACME);
    }

    @Test
    void theTppIsToldToWaitUntilTheCustomerApprovesAndThenGetsTokens() {
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES);

        Answer early = acme.poll(asked);
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.error()).isEqualTo("authorization_pending");

        BankApp app = customer.app();
        app.approve(app.onlyPendingId()).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(tokens.accessTokenClaims().get("sub").asText()).isEqualTo(customer.id());
        assertThat(tokens.idTokenClaims().get("sub").asText()).isEqualTo(customer.id());
    }

    @Test
    void theAppShowsWhoAsksForWhatAndUntilWhen() {
        Customer customer = bank.newCustomer();
        Answer answer = acme.request(customer, Map.of("binding_message", "KR-4711"), TRANSACTIONS, BALANCES);
        Asked asked = Asked.of(answer);

        JsonNode request = customer.app().onlyPending();

        assertThat(request.get("status").asText()).isEqualTo("pending");
        assertThat(request.get("channel").asText()).isEqualTo("ciba");
        assertThat(request.get("bindingMessage").asText()).isEqualTo("KR-4711");
        assertThat(request.get("selectable").asBoolean()).isTrue();
        assertThat(request.get("decision").isNull()).isTrue();
        assertThat(request.at("/client/clientId").asText()).isEqualTo(ACME);
        assertThat(request.at("/client/name").asText()).isEqualTo("Acme Budget");
        assertThat(request.at("/client/policyUri").asText()).isEqualTo("https://acme.example/privacy");
        assertThat(request.at("/client/tosUri").asText()).isEqualTo("https://acme.example/terms");
        assertThat(request.at("/groups/0/id").asText()).isEqualTo("accounts");
        assertThat(BankApp.permissions(request)).containsExactly(BALANCES, TRANSACTIONS);
        Instant created = Instant.parse(request.get("createdAt").asText());
        Instant expires = Instant.parse(request.get("expiresAt").asText());
        assertThat(expires).isEqualTo(created.plus(asked.expiresIn()));
    }

    @Test
    void whatWasNotGrantedIsInNoTokenAndInNoAnswerAboutIt() {
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        BankApp app = customer.app();
        app.approve(app.onlyPendingId(), BALANCES).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));

        assertThat(tokens.scope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(Tokens.grantedByClaims(tokens.accessTokenClaims())).containsExactly(BALANCES);
        assertThat(Tokens.grantedByClaims(tokens.idTokenClaims())).containsExactly(BALANCES);
        assertThat(Tokens.grantedByClaims(acme.userinfo(tokens).ok())).containsExactly(BALANCES);

        JsonNode introspected = bank.api().introspect(tokens).ok();
        assertThat(introspected.get("active").asBoolean()).isTrue();
        assertThat(Tokens.split(introspected.get("scope").asText())).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(Tokens.grantedByClaims(introspected)).containsExactly(BALANCES);
    }

    @Test
    void aRefreshedTokenHasWhatWasGrantedAndNoMore() {
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        BankApp app = customer.app();
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));

        Tokens refreshed = Tokens.of(acme.refresh(tokens));

        assertThat(refreshed.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(Tokens.grantedByClaims(refreshed.accessTokenClaims())).containsExactly(BALANCES);
        assertThat(Tokens.grantedByClaims(refreshed.idTokenClaims())).containsExactly(BALANCES);

        Answer greedy = acme.post(
                "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshed.refreshToken(),
                        "scope",
                        "openid " + BALANCES + " " + TRANSACTIONS));
        if (greedy.status() == 200) {
            assertThat(Tokens.of(greedy).accessTokenScope()).doesNotContain(TRANSACTIONS);
        } else {
            assertThat(greedy.error()).isEqualTo("invalid_scope");
        }
    }

    @Test
    void keycloakKeepsAsTheUsersConsentWhatWasGranted() {
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        BankApp app = customer.app();
        app.approve(app.onlyPendingId(), BALANCES).ok();
        assertThat(bank.admin().consents(bank.name(), customer.id())).isEmpty();

        Tokens.of(acme.poll(asked));

        assertThat(storedConsent(customer)).containsExactly(BALANCES);
    }

    @Test
    void whatWasGrantedEarlierDoesNotWidenALaterToken() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        Asked first = acme.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId()).ok();
        assertThat(Tokens.of(acme.poll(first)).accessTokenScope()).contains(BALANCES, TRANSACTIONS);

        Asked second = acme.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId(), TRANSACTIONS).ok();
        Tokens tokens = Tokens.of(acme.poll(second));

        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", TRANSACTIONS);
        assertThat(Tokens.of(acme.refresh(tokens)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", TRANSACTIONS);
    }

    @Test
    void onlyACustomerWhoGrantedOfflineAccessGivesAnOfflineToken() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        Tpp tpp = bank.newTpp(
                ACME, client -> client.withArrayProperty("optionalClientScopes").add("offline_access"));

        Asked granted = tpp.ask(customer, BALANCES, "offline_access");
        app.approve(app.onlyPendingId(), BALANCES, "offline_access").ok();
        assertThat(Tokens.of(tpp.poll(granted)).refreshTokenClaims().get("typ").asText())
                .isEqualTo("Offline");

        Asked deselected = tpp.ask(customer, BALANCES, "offline_access");
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(tpp.poll(deselected));
        assertThat(tokens.refreshTokenClaims().get("typ").asText()).isEqualTo("Refresh");
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aScopeThatIsAskedForTwiceIsShownOnce() {
        Customer customer = bank.newCustomer();
        acme.ask(customer, BALANCES, BALANCES, "openid");

        assertThat(BankApp.permissions(customer.app().onlyPending())).containsExactly(BALANCES);
    }

    @Test
    void aDenialIsToldAndLeavesNoConsent() {
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES);
        BankApp app = customer.app();
        app.deny(app.onlyPendingId()).ok();

        for (int poll = 0; poll < 2; poll++) {
            Answer denied = acme.poll(asked);
            assertThat(denied.status()).isEqualTo(400);
            assertThat(denied.error()).isEqualTo("access_denied");
        }
        assertThat(bank.admin().consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void anUnansweredRequestExpiresForTheTppAndForTheApp() {
        Customer customer = brief.newCustomer();
        BankApp app = customer.app();
        Tpp tpp = brief.tpp(ACME);
        Asked asked = tpp.ask(customer, BALANCES);
        assertThat(asked.expiresIn()).hasSeconds(Servers.BRIEF_SECONDS);
        String id = app.onlyPendingId();

        Eventually.after(asked.expiry());

        Answer poll = tpp.poll(asked);
        assertThat(poll.status()).isEqualTo(400);
        assertThat(poll.error()).isEqualTo("expired_token");
        assertThat(app.pending()).isEmpty();
        assertThat(app.request(id).text("status")).isEqualTo("expired");
        assertThat(app.ids("?status=expired")).containsExactly(id);
        for (Answer tooLate : List.of(app.approve(id), app.deny(id))) {
            assertThat(tooLate.status()).isEqualTo(410);
            assertThat(tooLate.problem()).isEqualTo("expired");
        }
        assertThat(tpp.poll(asked).error()).isEqualTo("expired_token");
        assertThat(app.request(id).json().get("decision").isNull()).isTrue();
    }

    @Test
    void anApprovalThatIsNotFetchedInTimeIsWorthNoToken() {
        Customer customer = brief.newCustomer();
        BankApp app = customer.app();
        Tpp tpp = brief.tpp(ACME);
        Asked asked = tpp.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.approve(id).ok();

        Eventually.after(asked.expiry());

        Answer poll = tpp.poll(asked);
        assertThat(poll.status()).isEqualTo(400);
        assertThat(poll.error()).isEqualTo("expired_token");
        assertThat(app.request(id).text("status")).isEqualTo("approved");
    }

    private List<String> storedConsent(Customer customer) {
        return bank.admin().grantedScopes(bank.name(), customer.id(), acme.clientId());
    }
}
