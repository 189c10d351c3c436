package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Postgres;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the bank sees at a partner ends by whoever may end it, and the partner is told. */
class PartnerEndIT {

    /** More than are told of in one batch. */
    private static final int MANY = 1_001;

    private static TwoRealms realms;

    private CustomerOfBoth both;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("partner-end");
        realms.admin().updateRealm(realms.bank().name(), realm -> realm.put("adminEventsEnabled", true));
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void makeCustomer() {
        both = CustomerOfBoth.of(realms);
    }

    @Test
    void whatTheBankSeesEndsAloneAndThePartnerIsTold() {
        Tokens tokens = both.connect(POTS);
        String id = both.connection();
        String token = realms.activeToken(id);

        assertThat(both.app().endPartner(id).status()).isEqualTo(204);
        assertThat(both.app().endPartner(id).status()).isEqualTo(204);

        assertThat(realms.token(id).problem()).isEqualTo("not-found");
        assertThat(realms.admin().links(realms.bank().name(), both.customer().id()))
                .isEmpty();
        realms.assertRevoked(token);
        realms.acme().assertAlive(tokens);
        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("customer");
    }

    @Test
    void bothEndWithOneCall() {
        Tokens tokens = both.connect(POTS);
        String id = both.connection();
        String consent = both.app().onlyConsent().get("id").asText();

        assertThat(both.app().withdrawBoth(consent).status()).isEqualTo(204);
        assertThat(both.app().withdrawBoth(consent).status()).isEqualTo(204);

        realms.acme().assertDead(tokens);
        assertThat(realms.token(id).problem()).isEqualTo("not-found");
    }

    @Test
    void theCompanysConsentEndsAlone() {
        both.connect(POTS);
        String id = both.connection();

        both.app().withdraw(both.app().onlyConsent().get("id").asText());

        realms.token(id).ok();
    }

    @Test
    void staffSeesAndEndsIt() {
        both.connect(POTS);
        String id = both.connection();
        Staff staff = Staff.of(realms.bank(), "view-users", "manage-users");
        JsonNode seen = staff.partners(both.customer().id()).ok().get("partners");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).get("scopes").get(0).asText()).isEqualTo(POTS);

        Staff looker = Staff.of(realms.bank(), "view-users");
        assertThat(looker.endPartner(both.customer().id(), id).status()).isEqualTo(403);
        assertThat(staff.endPartner(both.customer().id(), id).status()).isEqualTo(204);
        assertThat(staff.endPartner(both.customer().id(), id).status()).isEqualTo(204);

        assertThat(staff.partners(both.customer().id())
                        .ok()
                        .at("/partners/0/endedBy")
                        .asText())
                .isEqualTo("staff");
        assertThat(endsByStaff(id)).hasSize(1);
        assertThat(realms.token(id).problem()).isEqualTo("not-found");
        assertThat(staff.endPartner(both.customer().id(), "nonsense").problem()).isEqualTo("not-found");
        assertThat(staff.endPartner(realms.bank().newCustomer().id(), id).problem())
                .isEqualTo("not-found");
    }

    @Test
    void whatTheCustomerEndsInThatMomentIsNotToldAsTheStaffs() {
        both.connect(POTS);
        String id = both.connection();
        Staff staff = Staff.of(realms.bank(), "view-users", "manage-users");
        List<CompletableFuture<Answer>> ends = new ArrayList<>();

        Postgres.holding(
                TwoRealms.database(), "SELECT 1 FROM consent_partner_access WHERE id = '" + id + "' FOR UPDATE", () -> {
                    ends.add(CompletableFuture.supplyAsync(() -> both.app().endPartner(id)));
                    awaitWaiting(id, 1);
                    ends.add(CompletableFuture.supplyAsync(
                            () -> staff.endPartner(both.customer().id(), id)));
                    awaitWaiting(id, 2);
                });

        assertThat(ends).allSatisfy(end -> assertThat(end.join().status()).isEqualTo(204));
        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("customer");
        assertThat(endsByStaff(id)).isEmpty();
    }

    private JsonNode endsByStaff(String id) {
        return realms.admin()
                .adminEvents(
                        realms.bank().name(),
                        "consents/customers/" + both.customer().id() + "/partners/" + id + "/end");
    }

    /** For the access that the test holds, or for one that waits for it. */
    private static void awaitWaiting(String id, int calls) {
        String waiting = "WITH RECURSIVE held(pid) AS (SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND query LIKE '%" + id + "% FOR UPDATE' UNION SELECT activity.pid"
                + " FROM pg_stat_activity activity JOIN held ON held.pid = ANY(pg_blocking_pids(activity.pid)))"
                + " SELECT count(*) - 1 FROM held";
        Eventually.within(
                Duration.ofSeconds(30),
                "calls that wait",
                () -> Postgres.number(TwoRealms.database(), waiting) == calls);
    }

    @Test
    void staffBreaksTheLink() {
        both.connect(POTS);
        String id = both.connection();
        String token = realms.activeToken(id);

        realms.admin().unlink(realms.bank().name(), both.customer().id(), "harvest");

        assertThat(realms.token(id).problem()).isEqualTo("not-found");
        realms.assertRevoked(token);
        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("system");
    }

    @Test
    void aLogoutAtTheBankLeavesThePartnerAlone() {
        realms.set(
                "logoutUrl",
                realms.harvest().uri("/protocol/openid-connect/logout").toString());
        try {
            both.connect(POTS);
            String id = both.connection();
            String token = realms.activeToken(id);
            WebPage out = both.browser()
                    .open(URI.create(
                            realms.bank().uri("/protocol/openid-connect/logout").toString()));

            both.browser().send(out.action(), out.fields());

            assertThat(realms.isActive(token)).isTrue();
            realms.token(id).ok();
        } finally {
            realms.set("logoutUrl", "");
        }
    }

    @Test
    void thePartnersTokenIsRevokedWhenTheCustomerGoes() {
        both.connect(POTS);
        String token = realms.activeToken(both.connection());

        realms.admin().removeUser(realms.bank().name(), both.customer().id());

        realms.assertRevoked(token);
    }

    @Test
    void allOfAClientEndsWithItAtOnceAndThePartnerIsToldAfterwards() {
        try (TwoRealms own = TwoRealms.open("partner-client-gone")) {
            CustomerOfBoth one = CustomerOfBoth.of(own);
            one.connect(POTS);
            String id = one.connection();
            String token = own.activeToken(id);
            // of customers who are gone as well
            repeat(id, "gen_random_uuid()::text");

            own.admin().removeClient(own.bank().name(), ACME);

            assertThat(own.rows("consent_partner_access", "status = 'CONNECTED'"))
                    .isZero();
            assertThat(own.token(id).problem()).isEqualTo("not-found");
            Eventually.within(
                    Duration.ofMinutes(2),
                    "all ends told",
                    () -> own.rows("consent_partner_access", "untold_since is not null") == 0);
            assertThat(own.rows("consent_partner_access", "status = 'ENDED' and ended_by = 'SYSTEM'"))
                    .isEqualTo(MANY + 1);
            assertThat(own.admin().links(own.bank().name(), one.customer().id()))
                    .isEmpty();
            own.assertRevoked(token);
        }
    }

    @Test
    void oneWhoseEndCanNotBeToldHoldsUpNoOther() {
        try (TwoRealms own = TwoRealms.open("partner-untellable")) {
            CustomerOfBoth one = CustomerOfBoth.of(own);
            one.connect(POTS);
            String id = one.connection();
            repeat(id, "gen_random_uuid()::text");

            whileNobodyCanBeToldOf(id, () -> {
                own.admin().removeClient(own.bank().name(), ACME);
                Eventually.within(
                        Duration.ofMinutes(2),
                        "all other ends told",
                        () -> own.rows("consent_partner_access", "untold_since is not null") == 1);
                assertThat(own.admin().links(own.bank().name(), one.customer().id()))
                        .isNotEmpty();
            });

            Eventually.within(
                    Duration.ofMinutes(1),
                    "the last end told",
                    () -> own.rows("consent_partner_access", "untold_since is not null") == 0);
            assertThat(own.admin().links(own.bank().name(), one.customer().id()))
                    .isEmpty();
        }
    }

    private static void whileNobodyCanBeToldOf(String id, Runnable steps) {
        Postgres.execute(TwoRealms.database(), """
                CREATE FUNCTION refuse_told() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
                CREATE TRIGGER refuse_told BEFORE UPDATE ON consent_partner_access FOR EACH ROW
                    WHEN (OLD.id = '%s' AND OLD.untold_since IS NOT NULL AND NEW.untold_since IS NULL)
                    EXECUTE FUNCTION refuse_told()""".formatted(id));
        try {
            steps.run();
        } finally {
            Postgres.execute(TwoRealms.database(), """
                    DROP TRIGGER refuse_told ON consent_partner_access;
                    DROP FUNCTION refuse_told()""");
        }
    }

    /** @param userId of whom the others are, in SQL */
    private static void repeat(String id, String userId) {
        Postgres.execute(TwoRealms.database(), """
                INSERT INTO consent_partner_access (id, realm_id, user_id, client_id, provider_id, alias, status,
                    asked, granted, created_at, connected_at)
                SELECT gen_random_uuid()::text, realm_id, %s, client_id, provider_id, alias,
                    status, asked, granted, created_at, connected_at
                FROM consent_partner_access, generate_series(1, %d) WHERE id = '%s'""".formatted(userId, MANY, id));
    }

    /** Housekeeping tells of the end, and removes the link, while the admin removes what it is a link of. */
    @Test
    void theProviderAndTheRealmCanBeRemovedRightAfterTheCompany() {
        TwoRealms own = TwoRealms.open("gone-at-once");
        try {
            CustomerOfBoth one = CustomerOfBoth.of(own);
            one.connect(POTS);
            String id = one.connection();
            repeat(id, "user_id");
            own.admin().removeClient(own.bank().name(), ACME);
            own.admin().removeIdentityProvider(own.bank().name(), TwoRealms.ALIAS);
        } finally {
            // fails where the server does
            own.close();
        }
    }

    @Test
    void aPartnerThatTakesTheTokenNoMoreEndsIt() {
        realms.withShortTokens(() -> both.connect(POTS));
        String id = both.connection();
        assertThat(realms.whileThePartnerIsDown(() -> realms.token(id)).problem())
                .isEqualTo("partner-unavailable");
        realms.admin().logOut(realms.harvest().name(), both.atHarvest().id());

        assertThat(realms.token(id).problem()).isEqualTo("not-found");

        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("partner");
    }
}
