package io.assent.it.link;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The app's side of a login that waits in a browser. */
class AppLinkIT {

    private static final String DATABASE = "links";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Keycloak server;

    private final Realm bank = server.realm(Servers.BANK);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void start() {
        Postgres.createDatabase(DATABASE);
        // for what else the probe does
        Postgres.execute(DATABASE, """
                CREATE SCHEMA probe;
                CREATE TABLE probe.event (
                    name text, owner_id text, kind text, target text, attempts int, detail text, at timestamptz DEFAULT now());
                CREATE TABLE probe.fault (target text, name text, how text);
                """);
        server = Keycloak.on(
                        Postgres.address(DATABASE),
                        Distribution.providersAndProbe(),
                        DATABASE,
                        List.of(
                                Servers.realmFile().with(AppLinkIT::keepEvents),
                                Servers.realmFile().named(Servers.OTHER)))
                .start();
    }

    private static void keepEvents(ObjectNode realm) {
        realm.put("eventsEnabled", true);
        realm.putArray("enabledEventTypes");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Answer claim(WaitingLogin login) {
        return claim(app, login.secret());
    }

    private static Answer claim(BankApp by, String secret) {
        return by.call("POST", "/links/{secret}", "/links/" + secret);
    }

    private String claimed(WaitingLogin login) {
        return claim(login).ok().get("id").asText();
    }

    private Answer approveWith(String id, String number, String... scopes) {
        ObjectNode decision = Http.object().put("decision", "approve").put("number", number);
        for (String scope : scopes) {
            decision.withArrayProperty("grantedScopes").add(scope);
        }
        return app.decide(id, decision.toString());
    }

    /** A login of somebody whom the browser does not know. */
    @Nested
    class AScan {

        @Test
        void givesTheRequestAndWhereItBegan() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES, TRANSACTIONS);
            assertThat(login.answer()).isEqualTo("Open");

            JsonNode request = claim(login).ok();

            assertThat(request.get("channel").asText()).isEqualTo("app-link");
            assertThat(request.get("status").asText()).isEqualTo("pending");
            assertThat(BankApp.permissions(request)).containsExactly(BALANCES, TRANSACTIONS);
            JsonNode link = request.get("link");
            assertThat(link.get("browser").asText()).isEqualTo("Firefox");
            assertThat(link.get("system").asText()).isEqualTo("Linux");
            assertThat(link.get("domain").asText()).isEqualTo("acme-aisp.example");
            assertThat(link.get("sameNetwork").asBoolean()).isTrue();
            assertThat(link.get("place").asText()).isEqualTo("Springfield, here");
            assertThat(link.get("scanned").asBoolean()).isTrue();
            assertThat(link.get("numberRequired").asBoolean()).isFalse();
            assertThat(link.get("code").isNull()).isTrue();
            assertThat(link.get("returnUri").isNull()).isTrue();
            assertThat(login.answer()).isEqualTo("Claimed");
            assertThat(app.onlyPendingId()).isEqualTo(request.get("id").asText());
        }

        @Test
        void ofACompanyThatIsSwitchedOffLeadsNowhere() {
            Tpp tpp = bank.newTpp(ACME, client -> {});
            Staff staff = Staff.of(bank, "manage-clients");
            WaitingLogin unclaimed = WaitingLogin.of(bank, tpp.clientId(), BALANCES);
            WaitingLogin login = WaitingLogin.of(bank, tpp.clientId(), BALANCES);
            String id = claimed(login);

            staff.switchOff(tpp.clientId()).ok();

            assertThat(login.answer()).isEqualTo("Over");
            assertThat(app.approve(id, BALANCES).problem()).isEqualTo("expired");
            assertThat(claim(unclaimed).problem()).isEqualTo("not-found");
            staff.switchOn(tpp.clientId()).ok();
            assertThat(login.answer()).isEqualTo("Over");
            assertThat(login.goesOn()).isFalse();
        }

        @Test
        void andAYesLetTheLoginGoOnOnce() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            String id = claimed(login);

            JsonNode approved = app.approve(id, BALANCES).ok();

            assertThat(approved.at("/link/code").isNull()).isTrue();
            assertThat(login.answer()).isEqualTo("Approved goes on");
            assertThat(login.goesOn()).isTrue();
            assertThat(login.goesOn()).isFalse();
            assertThat(login.answer()).isEqualTo("Over");
        }

        @Test
        void asksForNoMoreThanIsOpen() {
            Asked asked = bank.tpp(ACME).ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            Tokens.of(bank.tpp(ACME).poll(asked));

            assertThat(BankApp.permissions(claim(WaitingLogin.of(bank, ACME, BALANCES, TRANSACTIONS))
                            .ok()))
                    .containsExactly(TRANSACTIONS);
            WaitingLogin nothingOpen = WaitingLogin.of(bank, ACME, BALANCES);
            JsonNode request = claim(nothingOpen).ok();
            assertThat(request.get("groups")).isEmpty();
            app.approveWithoutSaying(request.get("id").asText()).ok();
            assertThat(nothingOpen.answer()).isEqualTo("Approved goes on");
        }

        @Test
        void isNotPushedSinceTheCustomerIsThere() {
            app.register(UUID.randomUUID(), "log");
            String id = claimed(WaitingLogin.of(bank, ACME, BALANCES));

            assertThat(Postgres.count(DATABASE, "consent_outbox", "request_id = '" + id + "'"))
                    .isZero();
        }

        @Test
        void aNoAndAReportEndTheLogin() {
            WaitingLogin denied = WaitingLogin.of(bank, ACME, BALANCES);
            app.deny(claimed(denied)).ok();
            assertThat(denied.answer()).isEqualTo("Denied");

            WaitingLogin reported = WaitingLogin.of(bank, ACME, BALANCES);
            app.report(claimed(reported)).ok();
            assertThat(reported.answer()).isEqualTo("Denied");

            Answer refused = claim(WaitingLogin.of(bank, ACME, BALANCES));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("blocked");
        }

        @Test
        void aSecondPhoneIsTold() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            String id = claimed(login);

            assertThat(claimed(login)).isEqualTo(id);
            for (BankApp other : List.of(customer.app(), bank.newCustomer().app())) {
                Answer refused = claim(other, login.secret());
                assertThat(refused.status()).isEqualTo(410);
                assertThat(refused.problem()).isEqualTo("link-used");
            }
            app.approve(id, BALANCES).ok();
            assertThat(claim(login).ok().get("status").asText()).isEqualTo("approved");
            assertThat(claim(customer.app(), login.secret()).status()).isEqualTo(410);
        }

        @Test
        void ofManyPhonesAtOnceOneGetsIt() throws Exception {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            List<Callable<Answer>> phones = IntStream.range(0, 6)
                    .mapToObj(number -> (number % 2 == 0 ? customer : bank.newCustomer()).app())
                    .<Callable<Answer>>map(phone -> () -> claim(phone, login.secret()))
                    .toList();

            List<Answer> answers = AtOnce.all(phones);

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 410).hasSize(5);
            assertThat(Postgres.count(
                            DATABASE,
                            "consent_request",
                            "channel = 'app-link' and scope = 'openid "
                                    + BALANCES
                                    + "' and channel_reference in (select id from consent_link where request_id is"
                                    + " not null and browser_hash = (select browser_hash from consent_link order by created_at"
                                    + " desc limit 1))"))
                    .isEqualTo(1);
        }

        @Test
        void theSameAtOnceIsOneRequest() throws Exception {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);

            List<Answer> answers = AtOnce.all(IntStream.range(0, 4)
                    .<Callable<Answer>>mapToObj(call -> () -> claim(login))
                    .toList());

            assertThat(answers.stream()
                            .map(answer -> answer.ok().get("id").asText())
                            .distinct())
                    .hasSize(1);
            assertThat(app.pending()).hasSize(1);
        }

        @Test
        void andTheEndAtOnceAreOneOrTheOther() throws Exception {
            for (int round = 0; round < 5; round++) {
                WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
                Answer claimed = AtOnce.all(List.<Callable<Answer>>of(() -> claim(login), login::end))
                        .get(0);

                assertThat(claimed.status()).as(claimed.toString()).isIn(200, 410);
                assertThat(login.answer()).isEqualTo("Over");
                assertThat(claim(login).status()).isEqualTo(claimed.status());
            }
        }

        @Test
        void whatIsGuessedOldOrOfAnotherRealmIsUnknown() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            BankApp stranger = server.realm(Servers.OTHER).newCustomer().app();
            for (Answer answer : List.of(
                    claim(app, "x"),
                    claim(app, "a".repeat(22)),
                    claim(app, "a".repeat(4_000)),
                    claim(app, login.secret() + "A"),
                    claim(app, login.secret().toLowerCase(Locale.ROOT)),
                    claim(stranger, login.secret()))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                assertThat(answer.problem()).isEqualTo("not-found");
            }

            login.age(30);
            WaitingLogin second = login.reloaded();
            assertThat(second.secret()).isNotEqualTo(login.secret());
            login.age(30);
            assertThat(login.reloaded().secret()).isNotEqualTo(second.secret());
            assertThat(claim(login).status()).isEqualTo(404);
            assertThat(claim(second).status()).isEqualTo(200);
        }

        @Test
        void aSecretIsNotGoodForeverOnAPageThatAsksForNoOther() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            login.age(90);
            assertThat(claim(login).problem()).isEqualTo("not-found");
            assertThat(login.answer()).isEqualTo("Open");

            WaitingLogin second = login.reloaded();
            assertThat(claim(login).problem()).isEqualTo("not-found");
            login.age(60);
            WaitingLogin third = login.reloaded();
            login.age(30);
            assertThat(claim(second).problem()).isEqualTo("not-found");
            assertThat(claim(third).status()).isEqualTo(200);
        }

        @Test
        void elevenInAMinuteAreTooManyForOneCustomerAndForNobodyElse() {
            Answer answer = claim(WaitingLogin.of(bank, ACME, BALANCES));
            // a minute may end in between
            for (int scan = 1; scan < 22 && answer.status() == 200; scan++) {
                answer = claim(WaitingLogin.of(bank, ACME, BALANCES));
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(claim(
                                    bank.newCustomer().app(),
                                    WaitingLogin.of(bank, ACME, BALANCES).secret())
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void whatIsOverIsClaimedNoMore() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            login.end().ok();

            assertThat(claim(login).problem()).isEqualTo("link-used");
        }

        @Test
        void noTppClaims() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            Tpp acme = bank.tpp(ACME);
            Asked asked = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            BankApp tpp = new BankApp(bank, Tokens.of(acme.poll(asked)).accessToken());

            assertThat(claim(tpp, login.secret()).status()).isEqualTo(403);
            assertThat(claim(new BankApp(bank, null), login.secret()).status()).isEqualTo(401);
            assertThat(login.answer()).isEqualTo("Open");
        }
    }

    /** A login of somebody whom the browser knows. */
    @Nested
    class APush {

        @Test
        void goesToTheDevicesOnceHoweverOftenThePageIsLoaded() {
            app.register(UUID.randomUUID(), "log");
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();
            assertThat(login.reloaded().ask()).isEqualTo(id);

            assertThat(Postgres.count(DATABASE, "consent_outbox", "request_id = '" + id + "'"))
                    .isEqualTo(1);
        }

        @Test
        void anApprovalNeedsTheNumberThatThePageShows() {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();
            assertThat(app.request(id).ok().at("/link/numberRequired").asBoolean())
                    .isTrue();

            Answer missing = app.approve(id, BALANCES);
            assertThat(missing.status()).isEqualTo(422);
            assertThat(missing.problem()).isEqualTo("number-required");
            Answer wrong = approveWith(id, login.wrongNumber(), BALANCES);
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.problem()).isEqualTo("wrong-number");
            assertThat(wrong.json().get("triesLeft").asInt()).isEqualTo(2);
            assertThat(approveWith(id, login.number(), BALANCES)
                            .ok()
                            .at("/link/returnUri")
                            .isNull())
                    .isTrue();
            assertThat(login.answer()).isEqualTo("Approved goes on");
        }

        @Test
        void theThirdWrongNumberIsANoAndIsTold() {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();
            for (int triesLeft = 2; triesLeft >= 0; triesLeft--) {
                Answer wrong = approveWith(id, login.wrongNumber(), BALANCES);
                assertThat(wrong.status()).isEqualTo(422);
                assertThat(wrong.json().get("triesLeft").asInt()).isEqualTo(triesLeft);
            }

            assertThat(app.request(id).text("status")).isEqualTo("denied");
            assertThat(login.answer()).isEqualTo("Denied");
            assertThat(approveWith(id, login.number(), BALANCES).problem()).isEqualTo("already-decided");
            assertThat(errors()).contains("wrong_number");
        }

        @Test
        void manyWrongNumbersAtOnceAreThree() throws Exception {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();
            List<Answer> answers = AtOnce.all(IntStream.range(0, 6)
                    .<Callable<Answer>>mapToObj(call -> () -> approveWith(id, login.wrongNumber(), BALANCES))
                    .toList());

            // of one customer no more than two bodies are read at once
            assertThat(answers).extracting(Answer::status).allMatch(status -> List.of(409, 422, 429)
                    .contains(status));
            for (int guess = 0; guess < 3; guess++) {
                approveWith(id, login.wrongNumber(), BALANCES);
            }

            assertThat(app.request(id).text("status")).isEqualTo("denied");
            assertThat(Postgres.number(
                            DATABASE, "SELECT max(number_tries) FROM consent_link WHERE request_id = '" + id + "'"))
                    .isEqualTo(3);
        }

        @Test
        void aScanNeedsNoNumberAndIsTheSameRequest() {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();

            assertThat(claimed(login)).isEqualTo(id);
            // the other phone of the same customer has not seen the page
            assertThat(customer.app().approve(id, BALANCES).problem()).isEqualTo("number-required");
            app.approve(id, BALANCES).ok();
            assertThat(login.answer()).isEqualTo("Approved goes on");
        }

        @Test
        void anotherCustomerClaimsNothing() {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            login.ask();

            Answer refused = claim(bank.newCustomer().app(), login.secret());

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("other-customer");
            assertThat(login.answer()).isEqualTo("Open");
        }

        @Test
        void whatIsAnsweredOrLeftIsClaimedNoMore() {
            WaitingLogin answered = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            approveWith(answered.ask(), answered.number(), BALANCES).ok();
            assertThat(claim(answered).problem()).isEqualTo("link-used");

            WaitingLogin left = WaitingLogin.ofKnown(customer, ACME, TRANSACTIONS);
            String id = left.ask();
            left.leave();
            assertThat(claim(left).problem()).isEqualTo("link-used");
            assertThat(app.request(id).text("status")).isEqualTo("expired");
            assertThat(app.pending()).isEmpty();
        }

        @Test
        void aNumberThatIsNoneIsMalformedAndADenialHasNone() {
            WaitingLogin login = WaitingLogin.ofKnown(customer, ACME, BALANCES);
            String id = login.ask();

            for (String number : List.of("", "1", "01", "100", "a1", "١٢")) {
                assertThat(approveWith(id, number, BALANCES).problem())
                        .as(number)
                        .isEqualTo("malformed-request");
            }
            assertThat(app.decide(id, "{\"decision\":\"deny\",\"number\":\"12\"}")
                            .problem())
                    .isEqualTo("malformed-request");
            assertThat(app.request(id).text("status")).isEqualTo("pending");
        }
    }

    /** That the browser which goes on is the one that the customer sees. */
    @Nested
    class TheWayBack {

        @Test
        void digitsGoIntoTheBrowserWhereTheNetworksDiffer() {
            WaitingLogin login = WaitingLogin.fromElsewhere(bank, ACME, BALANCES);
            String id = claimed(login);
            JsonNode link = app.approve(id, BALANCES).ok().get("link");

            assertThat(link.get("sameNetwork").asBoolean()).isFalse();
            String code = link.get("code").asText();
            assertThat(code).matches("[0-9]{6}");
            assertThat(app.request(id).ok().at("/link/code").asText()).isEqualTo(code);
            assertThat(customer.app().request(id).ok().at("/link/code").isNull())
                    .isTrue();
            assertThat(customer.app().request(id).ok().at("/link/returnUri").isNull())
                    .isTrue();
            assertThat(login.answer()).isEqualTo("Approved waits");
            assertThat(login.goesOn()).isFalse();
            assertThat(login.enter("x")).isEqualTo("Wrong 2");
            assertThat(login.enter(code)).isEqualTo("Right");
            assertThat(login.enter(code)).isEqualTo("Right");
            assertThat(login.answer()).isEqualTo("Approved goes on");
            assertThat(login.goesOn()).isTrue();
            assertThat(app.request(id).ok().at("/link/code").isNull()).isTrue();
        }

        @Test
        void digitsGoIntoTheBrowserForAOneTimePermission() {
            bank.admin().oneTimePermissions(bank.name(), PAYMENTS);
            WaitingLogin login = WaitingLogin.of(bank, ORBIT, PAYMENTS);

            String id = claimed(login);
            JsonNode approved = app.approve(id, PAYMENTS).ok();

            assertThat(approved.at("/link/code").asText()).matches("[0-9]{6}");
            assertThat(login.answer()).isEqualTo("Approved waits");
        }

        @Test
        void theThirdWrongOnesTakeTheYesBackAndAreTold() {
            WaitingLogin login = WaitingLogin.fromElsewhere(bank, ACME, BALANCES);
            String id = claimed(login);
            String code = app.approve(id, BALANCES).ok().at("/link/code").asText();
            String wrong = code.equals("000000") ? "000001" : "000000";

            assertThat(login.enter(wrong)).isEqualTo("Wrong 2");
            assertThat(login.enter(wrong)).isEqualTo("Wrong 1");
            assertThat(login.enter(wrong)).isEqualTo("Suspected");
            assertThat(login.enter(code)).isEqualTo("Suspected");

            assertThat(login.answer()).isEqualTo("Denied");
            assertThat(login.goesOn()).isFalse();
            assertThat(app.request(id).text("status")).isEqualTo("withdrawn");
            assertThat(errors()).contains("wrong_digits");
        }

        @Test
        void manyGuessesAtOnceAreThree() throws Exception {
            WaitingLogin login = WaitingLogin.fromElsewhere(bank, ACME, BALANCES);
            String id = claimed(login);
            String code = app.approve(id, BALANCES).ok().at("/link/code").asText();
            String wrong = code.equals("000000") ? "000001" : "000000";

            AtOnce.all(IntStream.range(0, 6)
                    .<Callable<String>>mapToObj(call -> () -> login.enter(wrong))
                    .toList());

            assertThat(login.enter(code)).isEqualTo("Suspected");
            assertThat(app.request(id).text("status")).isEqualTo("withdrawn");
        }

        @Test
        void onTheSamePhoneTheAppComesBackToTheBrowserThatBegan() {
            WaitingLogin login = WaitingLogin.fromElsewhere(bank, ACME, BALANCES);
            String returnUri = app.approve(claimed(login), BALANCES)
                    .ok()
                    .at("/link/returnUri")
                    .asText();
            assertThat(returnUri).startsWith(bank.uri("/consent/v1/returns/").toString());
            String secret = returnUri.substring(returnUri.lastIndexOf('/') + 1);

            assertThat(login.answer()).isEqualTo("Approved waits");
            assertThat(login.back(secret, login.browser())).isTrue();
            assertThat(login.answer()).isEqualTo("Approved goes on");
            assertThat(login.goesOn()).isTrue();
        }

        @Test
        void whereTheAppCameToAnotherBrowserOnlyTheDigitsAreLeft() {
            WaitingLogin login = WaitingLogin.fromElsewhere(bank, ACME, BALANCES);
            String id = claimed(login);
            Answer approved = app.approve(id, BALANCES);
            String returnUri = approved.ok().at("/link/returnUri").asText();
            String secret = returnUri.substring(returnUri.lastIndexOf('/') + 1);
            String others = WaitingLogin.of(bank, ACME, BALANCES).browser();

            assertThat(login.back(secret, others)).isFalse();

            assertThat(login.back(secret, login.browser())).isFalse();
            assertThat(login.answer()).isEqualTo("Approved waits");
            assertThat(app.request(id).ok().at("/link/returnUri").isNull()).isTrue();
            assertThat(login.enter(approved.ok().at("/link/code").asText())).isEqualTo("Right");
            assertThat(login.goesOn()).isTrue();
        }

        @Test
        void whatIsTakenBackBeforeTheLoginGoesOnIsWorthNothing() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES, TRANSACTIONS);
            app.approve(claimed(login), BALANCES).ok();
            // a newer no to one of the same permissions
            bank.tpp(ACME).ask(customer, BALANCES);
            app.deny(app.onlyPendingId()).ok();

            assertThat(login.answer()).isEqualTo("Denied");
            assertThat(login.goesOn()).isFalse();
        }
    }

    /** What is gone takes its links along. */
    @Nested
    class AtTheEnd {

        @Test
        void aCustomerAClientAndARealmTakeTheirLinksAlong() {
            claimed(WaitingLogin.of(bank, ACME, BALANCES));
            bank.admin().removeUser(bank.name(), customer.id());
            assertThat(Postgres.count(DATABASE, "consent_link", "user_id = '" + customer.id() + "'"))
                    .isZero();

            Tpp made = bank.newTpp(ACME, client -> {});
            WaitingLogin.of(bank, made.clientId(), BALANCES);
            String clients = "domain_name = '" + made.clientId() + ".example'";
            assertThat(Postgres.count(DATABASE, "consent_link", clients)).isEqualTo(1);
            bank.admin().removeClient(bank.name(), made.clientId());
            assertThat(Postgres.count(DATABASE, "consent_link", clients)).isZero();
        }

        @Test
        void anHourAfterItsEndALinkIsRemovedAndItsRequestStays() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            String id = claimed(login);
            app.approve(id, BALANCES).ok();
            Postgres.execute(
                    DATABASE,
                    "UPDATE consent_link SET expires_at = expires_at - 3600000 - 600000 WHERE request_id = '" + id
                            + "'");

            Eventually.within(
                    SOON,
                    "the link's removal",
                    () -> Postgres.count(DATABASE, "consent_link", "request_id = '" + id + "'"),
                    count -> count == 0);
            assertThat(app.request(id).ok().get("link").isNull()).isTrue();
        }

        @Test
        void whatNoPhoneHadIsRemovedAtItsEnd() {
            WaitingLogin claimed = WaitingLogin.of(bank, ACME, BALANCES);
            claimed(claimed);
            WaitingLogin asked = WaitingLogin.ofKnown(customer, ACME, TRANSACTIONS);
            asked.ask();
            WaitingLogin unused = WaitingLogin.of(bank, ACME, BALANCES);
            for (WaitingLogin login : List.of(claimed, asked, unused)) {
                Postgres.execute(
                        DATABASE,
                        "UPDATE consent_link SET expires_at = expires_at - 600000 WHERE id = '" + login.id() + "'");
            }

            Eventually.within(SOON, "the link's removal", () -> links(unused), count -> count == 0);
            assertThat(links(claimed)).isEqualTo(1);
            assertThat(links(asked)).isEqualTo(1);
        }

        private long links(WaitingLogin login) {
            return Postgres.count(DATABASE, "consent_link", "id = '" + login.id() + "'");
        }

        @Test
        void noSecretIsInTheTable() {
            WaitingLogin login = WaitingLogin.of(bank, ACME, BALANCES);
            claimed(login);

            assertThat(String.join("\n", Postgres.texts(DATABASE, "SELECT l::text FROM consent_link l")))
                    .doesNotContain(login.secret(), login.browser());
        }
    }

    private List<String> errors() {
        JsonNode events = bank.admin().events(bank.name(), customer.id());
        return StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.at("/details/consent_event").asText().equals("link-suspected"))
                .map(event -> event.get("error").asText())
                .toList();
    }
}
