package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What turns an approval into tokens, and what does not. */
class RedemptionIT {

    private static final String DIRECT_DEBITS = "accounts.direct-debits";

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void whoPollsAPendingRequestTooOftenIsToldToSlowDown() {
        Asked asked = acme.ask(customer, BALANCES);

        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
        Answer hasty = acme.poll(asked);

        assertThat(hasty.status()).isEqualTo(400);
        assertThat(hasty.error()).isEqualTo("slow_down");
    }

    @Test
    void aDecidedRequestIsAnsweredAtOnceAndNeverWithSlowDown() {
        Asked approved = acme.ask(customer, BALANCES);
        acme.poll(approved);
        assertThat(acme.poll(approved).error()).isEqualTo("slow_down");
        app.approve(app.onlyPendingId()).ok();
        Tokens.of(acme.poll(approved));

        Asked denied = acme.ask(customer, BALANCES);
        acme.poll(denied);
        assertThat(acme.poll(denied).error()).isEqualTo("slow_down");
        app.deny(app.onlyPendingId()).ok();
        assertThat(acme.poll(denied).error()).isEqualTo("access_denied");
    }

    @Test
    void anApprovalIsWorthTokensOnce() {
        Asked asked = acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.approve(id).ok();
        Tokens.of(acme.poll(asked));

        Answer again = acme.poll(asked);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).isEqualTo("invalid_grant");
        assertThat(app.request(id).text("status")).isEqualTo("approved");
    }

    @Test
    void anAuthReqIdThatTheServerDidNotIssueIsRefused() {
        String genuine = acme.ask(customer, BALANCES).authReqId();
        app.approve(app.onlyPendingId()).ok();

        for (String forged : new String[] {"", "x", "a.b.c.d.e", genuine.substring(1), genuine + "x"}) {
            Answer answer = acme.poll(forged);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.error()).isIn("invalid_grant", "invalid_request");
        }
        Tokens.of(acme.poll(genuine));
    }

    @Test
    void aLockedOutCustomersApprovalIsRefusedUntilTheyAreUnlocked() {
        Asked asked = approved(BALANCES);
        customer.lockOut();

        Answer locked = acme.poll(asked);
        assertThat(locked.status()).isEqualTo(400);
        assertThat(locked.error()).isEqualTo("invalid_grant");

        admin.unlock(bank.name(), customer.id());
        Tokens.of(acme.poll(asked));
    }

    @Test
    void aDisabledCustomersApprovalIsRefusedUntilTheyAreEnabled() {
        Asked asked = approved(BALANCES);
        admin.updateUser(bank.name(), customer.id(), user -> user.put("enabled", false));

        Answer disabled = acme.poll(asked);
        assertThat(disabled.status()).isEqualTo(400);
        assertThat(disabled.error()).isEqualTo("invalid_grant");

        admin.updateUser(bank.name(), customer.id(), user -> user.put("enabled", true));
        Tokens.of(acme.poll(asked));
    }

    @Test
    void anApprovalIsRefusedWhileTheCustomersAccountIsNotFullySetUp() {
        Asked asked = approved(BALANCES);
        admin.updateUser(bank.name(), customer.id(), user -> user.putArray("requiredActions")
                .add("UPDATE_PASSWORD"));

        Answer refused = acme.poll(asked);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();

        admin.updateUser(bank.name(), customer.id(), user -> user.putArray("requiredActions"));
        Tokens.of(acme.poll(asked));
    }

    @Test
    void aPermissionThatWasNotGrantedAndBecameDefaultMakesThePollFail() {
        Tpp tpp = bank.newTpp(ACME, client -> {});
        Asked asked = tpp.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        admin.assignScope(bank.name(), tpp.clientId(), TRANSACTIONS, "default");

        Answer refused = tpp.poll(asked);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();

        admin.assignScope(bank.name(), tpp.clientId(), TRANSACTIONS, "optional");
        assertThat(Tokens.of(tpp.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aPermissionThatNobodyAskedForAndBecameDefaultMakesThePollFail() {
        Tpp tpp = bank.newTpp(ACME, client -> {});
        Asked asked = tpp.ask(customer, BALANCES);
        admin.assignScope(bank.name(), tpp.clientId(), DIRECT_DEBITS, "default");
        String id = app.onlyPendingId();
        assertThat(BankApp.permissions(app.request(id).json())).containsExactly(BALANCES);
        app.approve(id).ok();

        Answer refused = tpp.poll(asked);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
    }

    @Test
    void aGrantedPermissionThatTheClientLostIsNotInTheToken() {
        Tpp tpp = bank.newTpp(ACME, client -> {});
        Asked asked = tpp.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId()).ok();
        admin.unassignScope(bank.name(), tpp.clientId(), TRANSACTIONS);

        Answer answer = tpp.poll(asked);

        if (answer.status() == 200) {
            Tokens tokens = Tokens.of(answer);
            assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            assertThat(Tokens.grantedByClaims(tokens.idTokenClaims())).containsExactly(BALANCES);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).isIn("invalid_grant", "invalid_scope");
        }
    }

    @ResourceLock(Servers.OTHER)
    @Test
    void aDeselectedPermissionStaysOutWhenTheAdminHidesItFromTheConsentScreen() {
        Realm other = Servers.shared(Database.H2).realm(Servers.OTHER);
        Customer someone = other.newCustomer();
        BankApp theirApp = someone.app();
        Tpp tpp = other.tpp(ACME);
        Asked asked = tpp.ask(someone, BALANCES, TRANSACTIONS);
        theirApp.approve(theirApp.onlyPendingId(), BALANCES).ok();
        show(other, TRANSACTIONS, false);
        try {
            Answer answer = tpp.poll(asked);
            if (answer.status() == 200) {
                assertThat(Tokens.of(answer).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            } else {
                assertThat(answer.error()).isEqualTo("invalid_grant");
            }
        } finally {
            show(other, TRANSACTIONS, true);
        }
    }

    private static void show(Realm realm, String scope, boolean shown) {
        realm.admin().updateScope(realm.name(), scope, representation -> representation
                .withObjectProperty("attributes")
                .put("display.on.consent.screen", String.valueOf(shown)));
    }

    private Asked approved(String... scopes) {
        Asked asked = acme.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return asked;
    }
}
