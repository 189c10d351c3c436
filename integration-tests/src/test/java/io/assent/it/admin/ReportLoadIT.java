package io.assent.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.QueryPlans;
import io.assent.testing.server.QueryPlans.QueryPlan;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A day of a million requests, of 5,000 clients, is counted within housekeeping's two seconds at a time. */
@Tag("long")
class ReportLoadIT {

    private static final int REQUESTS = 1_000_000;
    private static final int CLIENTS = 5_000;

    /** As many as are counted in one transaction. */
    private static final int PAGE = 5_000;

    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(2);
    private static final String OF_THE_DAY = "?from=" + DAY + "&to=" + DAY;

    private static Keycloak server;
    private static Realm bank;
    private static Staff staff;

    @BeforeAll
    static void startAServerWithADayOfAMillionRequests() {
        server = new Keycloak(
                "report-load",
                Database.POSTGRESQL,
                List.of(Servers.realmFile()),
                "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1");
        QueryPlans.record(server.databaseName());
        server.start();
        bank = server.realm(Servers.BANK);
        staff = Staff.of(bank, "view-clients");
        insert();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aMillionRequestsOfADayAreCountedByAnIndexPageByPage() {
        int plansBefore = QueryPlans.of(server.databaseName()).size();
        Instant begin = Instant.now();
        Postgres.execute(
                server.databaseName(), "DELETE FROM server_config WHERE server_config_key = 'assent.reports.counted'");

        Eventually.within(Duration.ofMinutes(10), "the count of a million requests", () -> counted() == REQUESTS);

        System.out.printf(
                "Counted %,d requests of %,d clients in %,d s, of which housekeeping had two out of three%n",
                REQUESTS, CLIENTS, Duration.between(begin, Instant.now()).toSeconds());
        assertThat(Postgres.number(server.databaseName(), "SELECT count(*) FROM consent_report_day"))
                .isEqualTo(CLIENTS);
        assertThat(Postgres.number(server.databaseName(), "SELECT sum(redeemed) FROM consent_report_day"))
                .isEqualTo(REQUESTS / 2);
        assertThat(Postgres.number(server.databaseName(), "SELECT sum(opened_not_answered) FROM consent_report_day"))
                .isEqualTo(REQUESTS / 4);
        List<QueryPlan> all = QueryPlans.of(server.databaseName());
        List<QueryPlan> pages = all.subList(plansBefore, all.size()).stream()
                .filter(plan -> plan.mentions("from consent_request ", "granted_permissions=", "order by"))
                .toList();
        assertThat(pages).hasSizeGreaterThanOrEqualTo(REQUESTS / PAGE).allSatisfy(plan -> {
            assertThat(plan.scanned()).doesNotContain("consent_request");
            assertThat(plan.indexes()).contains("idx_consent_request_expiry");
        });

        JsonNode report = staff.authorisations(OF_THE_DAY).ok();
        assertThat(report.get("days")).hasSize(CLIENTS);
        assertThat(report.at("/days/0/final").booleanValue()).isTrue();
        assertThat(report.at("/days/0/medianMillis/askedToOpened").longValue()).isBetween(4_775L, 5_225L);
    }

    private static long counted() {
        return Postgres.number(
                server.databaseName(),
                "SELECT coalesce(sum(in_full + in_part + rejected + never_opened + opened_not_answered), 0) FROM consent_report_day");
    }

    /** Over the whole day, and the clients in turn. */
    private static void insert() {
        Postgres.execute(server.databaseName(), """
                        CREATE TEMPORARY TABLE made AS
                        SELECT 'load-' || lpad(n::text, 8, '0') AS id, 'client-' || n %% %1$d AS client,
                            %2$d + n * 86::bigint AS asked,
                            (ARRAY['REDEEMED', 'REDEEMED', 'DENIED', 'PENDING'])[1 + (n / %1$d) %% 4] AS status
                        FROM generate_series(1, %3$d) n;
                        INSERT INTO consent_request (id, realm_id, client_id, user_id, channel, channel_reference, scope, permissions,
                            required_permissions, selectable, status, created_at, expires_at, opened_at, decided_at, granted_permissions,
                            redeemed_at, oauth_client_id, client_name, reported)
                        SELECT id, '%4$s', client, 'user', 'ciba', id, 'openid', 'accounts.balances', '', true, status, asked, asked + 120000,
                            asked + 5000, CASE WHEN status <> 'PENDING' THEN asked + 20000 END,
                            CASE status WHEN 'PENDING' THEN NULL WHEN 'DENIED' THEN '' ELSE 'accounts.balances' END,
                            CASE status WHEN 'REDEEMED' THEN asked + 21000 END, client, 'A client', false
                        FROM made;
                        ANALYZE consent_request;
                        """.formatted(
                        CLIENTS,
                        DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
                        REQUESTS,
                        bank.admin().realmId(bank.name())));
    }
}
