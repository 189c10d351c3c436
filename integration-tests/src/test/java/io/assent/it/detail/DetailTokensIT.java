package io.assent.it.detail;

import static io.assent.it.detail.Asking.EVERYDAY;
import static io.assent.it.detail.Asking.SAVINGS;
import static io.assent.it.detail.Asking.about;
import static io.assent.it.detail.Asking.accounts;
import static io.assent.it.detail.Asking.ask;
import static io.assent.it.detail.Asking.from;
import static io.assent.it.detail.Asking.give;
import static io.assent.it.detail.Asking.payment;
import static io.assent.it.detail.Asking.recurring;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.ContentHash;
import io.assent.testing.server.Postgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was granted of authorization details is in tokens exactly so, and wherever the consent is seen. */
class DetailTokensIT {

    private static final ObjectNode ASKED = accounts("list_accounts", "read_balances");
    private static final ObjectNode GRANTED = about(accounts("read_balances"), EVERYDAY, SAVINGS);
    private static final ObjectNode PAYMENT = payment("123.50");

    private final Realm bank = DetailServer.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    /** The tokens carry these details alone, and name the request and what was shown. */
    private void assertCarried(Tokens tokens, String requestId, String contentHash, JsonNode... details) {
        JsonNode claims = tokens.accessTokenClaims();
        assertCarried(claims, requestId, contentHash, details);
        assertThat(tokens.response().get("authorization_details")).containsExactly(details);
        JsonNode introspected = bank.api().introspect(tokens).ok();
        assertThat(introspected.get("active").asBoolean()).isTrue();
        assertCarried(introspected, requestId, contentHash, details);
        for (String claim : List.of("authorization_details", "txn", "content_hash", "consent_details")) {
            assertThat(tokens.idTokenClaims().has(claim)).as(claim).isFalse();
            assertThat(acme.userinfo(tokens).ok().has(claim)).as(claim).isFalse();
        }
    }

    private static void assertCarried(JsonNode claims, String requestId, String contentHash, JsonNode... details) {
        assertThat(claims.get("authorization_details")).containsExactly(details);
        assertThat(claims.path("txn").asText()).isEqualTo(requestId);
        assertThat(claims.path("content_hash").asText()).isEqualTo(contentHash);
    }

    private Tokens granted(JsonNode asked, JsonNode granted) {
        give(customer, Asking.THREE);
        Asked request = ask(acme, customer, List.of(BALANCES), asked);
        String id = app.onlyPendingId();
        app.approve(id, List.of(BALANCES), granted).ok();
        return Tokens.of(acme.poll(request));
    }

    @Test
    void whatStandsIsInEveryTokenThatIsRefreshedUntilItEnds() {
        give(customer, Asking.THREE);
        Asked asked = ask(acme, customer, List.of(BALANCES), ASKED);
        String id = app.onlyPendingId();
        String seen = app.request(id).text("contentHash");
        JsonNode decision = app.approve(id, List.of(BALANCES), GRANTED).ok().get("decision");
        assertThat(decision.get("contentHash").asText()).isEqualTo(seen);

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertCarried(tokens, id, seen, GRANTED);
        Tokens refreshed = Tokens.of(acme.refresh(tokens));
        assertCarried(refreshed, id, seen, GRANTED);

        app.withdraw(app.onlyConsent().get("id").asText());
        assertThat(bank.api().introspect(refreshed).ok().get("active").asBoolean())
                .isFalse();
        assertThat(acme.refresh(refreshed).error()).isEqualTo("invalid_grant");
    }

    @Test
    void aPaymentIsGoodForOneToken() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            give(customer, Asking.THREE);
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = Asked.of(orbit.request(
                    customer,
                    Map.of(
                            "client_notification_token",
                            "token-" + UUID.randomUUID(),
                            "authorization_details",
                            List.of(PAYMENT).toString())));
            String id = app.onlyPendingId();
            String seen = app.request(id).text("contentHash");
            ObjectNode paid = from(PAYMENT, EVERYDAY);
            app.approve(id, List.of(PAYMENTS), paid).ok();

            assertThat(receiver.next(Duration.ofSeconds(20)).body()).contains(asked.authReqId());
            Answer answer = orbit.poll(asked);
            Tokens tokens = Tokens.of(answer);
            assertCarried(tokens, id, seen, paid);
            assertThat(answer.json().has("refresh_token")).isFalse();
            assertThat(orbit.poll(asked).error()).isEqualTo("invalid_grant");
            JsonNode consent = app.consents("?status=ended").list().get(0);
            assertThat(consent.get("status").asText()).isEqualTo("consumed");
            assertThat(consent.get("oneTime").asBoolean()).isTrue();
            assertThat(consent.at("/details/0/detail")).isEqualTo(paid);
        }
    }

    @Test
    void aPaymentAloneComesWithoutARefreshToken() {
        give(customer, Asking.THREE);
        Asked asked = ask(acme, customer, List.of(), PAYMENT);
        String id = app.onlyPendingId();
        app.approve(id, List.of(), from(PAYMENT, SAVINGS)).ok();

        Answer answer = acme.poll(asked);

        assertThat(Tokens.of(answer).accessTokenClaims().get("authorization_details"))
                .containsExactly(from(PAYMENT, SAVINGS));
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(acme.poll(asked).error()).isEqualTo("invalid_grant");
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    @Test
    void aRecurringPaymentStands() {
        Tokens tokens = granted(recurring(), from(recurring(), EVERYDAY));

        assertThat(Tokens.of(acme.refresh(tokens)).accessTokenClaims().get("authorization_details"))
                .containsExactly(from(recurring(), EVERYDAY));
        assertThat(app.onlyConsent().get("oneTime").asBoolean()).isFalse();
    }

    @Test
    void detailsKeepTheNameOfTheAnswerThatGrantedThem() {
        give(customer, Asking.THREE);
        Asked first = ask(acme, customer, List.of(), recurring());
        String id = app.onlyPendingId();
        String seen = app.request(id).text("contentHash");
        app.approve(id, List.of(), from(recurring(), EVERYDAY)).ok();
        String grantId = Tokens.of(acme.poll(first)).response().get("grant_id").asText();

        Tokens more = merged(grantId, BALANCES);

        assertThat(more.accessTokenScope()).contains(BALANCES);
        assertCarried(more, id, seen, from(recurring(), EVERYDAY));
        assertCarried(Tokens.of(acme.refresh(more)), id, seen, from(recurring(), EVERYDAY));

        Asked another = Asked.of(acme.request(
                customer,
                Map.of(
                        "authorization_details",
                        List.of(ASKED).toString(),
                        "grant_management_action",
                        "merge",
                        "grant_id",
                        grantId)));
        String newest = app.onlyPendingId();
        String seenNow = app.request(newest).text("contentHash");
        app.approve(newest, List.of(), GRANTED).ok();

        assertCarried(Tokens.of(acme.poll(another)), newest, seenNow, GRANTED);
        assertThat(app.onlyConsent().get("details").findValues("detail"))
                .containsExactly(from(recurring(), EVERYDAY), GRANTED);
    }

    @Test
    void aGrantIsAddedToUpToWhatARequestMayAskFor() {
        give(customer, Asking.THREE);
        JsonNode[] ten =
                IntStream.range(0, 10).mapToObj(DetailTokensIT::recurringTo).toArray(JsonNode[]::new);
        Asked first = ask(acme, customer, List.of(), ten);
        app.approve(
                        app.onlyPendingId(),
                        List.of(),
                        Stream.of(ten).map(detail -> from(detail, EVERYDAY)).toArray(JsonNode[]::new))
                .ok();
        String grantId = Tokens.of(acme.poll(first)).response().get("grant_id").asText();

        Answer refused = change("merge", grantId, recurringTo(10));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_authorization_details");
        assertThat(app.pending()).isEmpty();

        Asked again = Asked.of(change("merge", grantId, ten[0]));
        app.approve(app.onlyPendingId(), List.of(), from(ten[0], EVERYDAY)).ok();
        Tokens.of(acme.poll(again));
        assertThat(app.onlyConsent().get("details"))
                .as("what is there is not there twice")
                .hasSize(10);
        assertThat(merged(grantId, BALANCES).accessTokenScope()).contains(BALANCES);

        Asked replaced = Asked.of(change("replace", grantId, recurringTo(10)));
        app.approve(app.onlyPendingId(), List.of(), from(recurringTo(10), SAVINGS))
                .ok();
        Tokens.of(acme.poll(replaced));
        assertThat(app.onlyConsent().get("details").findValues("detail"))
                .containsExactly(from(recurringTo(10), SAVINGS));
    }

    private static ObjectNode recurringTo(int payee) {
        return recurring().put("creditorName", "Muster GmbH " + payee);
    }

    private Answer change(String action, String grantId, JsonNode detail) {
        return acme.request(
                customer,
                Map.of(
                        "authorization_details",
                        List.of(detail).toString(),
                        "grant_management_action",
                        action,
                        "grant_id",
                        grantId));
    }

    @Test
    void mergesThatWereAskedSideBySideAddUpToWhatAGrantCanHave() {
        give(customer, Asking.THREE);
        Asked first = ask(acme, customer, List.of(), recurring());
        app.approve(app.onlyPendingId(), List.of(), from(recurring(), EVERYDAY)).ok();
        String grantId = Tokens.of(acme.poll(first)).response().get("grant_id").asText();
        Asked merge = Asked.of(change("merge", grantId, recurringTo(1)));
        app.approve(app.onlyPendingId(), List.of(), from(recurringTo(1), EVERYDAY))
                .ok();
        Postgres.execute(
                DetailServer.DATABASE,
                "UPDATE consent SET details = '["
                        + from(recurring(), EVERYDAY).put("creditorName", "x".repeat(32_700)) + "]' WHERE id = '"
                        + grantId + "'");

        for (int poll = 0; poll < 2; poll++) {
            Answer answer = acme.poll(merge);
            assertThat(answer.error()).as(answer.toString()).isEqualTo("invalid_grant");
            assertThat(answer.json().get("error_description").asText()).contains("more authorization details");
        }

        Postgres.execute(DetailServer.DATABASE, "UPDATE consent SET details = null WHERE id = '" + grantId + "'");
        assertThat(Tokens.of(acme.poll(merge)).accessTokenClaims().get("authorization_details"))
                .as("the approval is not lost")
                .containsExactly(from(recurringTo(1), EVERYDAY));
    }

    private Tokens merged(String grantId, String permission) {
        Asked asked = Asked.of(
                acme.request(customer, Map.of("grant_management_action", "merge", "grant_id", grantId), permission));
        app.approve(app.onlyPendingId(), permission).ok();
        return Tokens.of(acme.poll(asked));
    }

    @Test
    void aTypeThatTheBankTookFromAClientIsInNoTokenThatIsRefreshed() {
        give(customer, Asking.THREE);
        Tpp tpp = bank.newTpp(ACME, client -> {});
        Asked asked = ask(tpp, customer, List.of(BALANCES), ASKED);
        app.approve(app.onlyPendingId(), List.of(BALANCES), GRANTED).ok();
        Tokens tokens = Tokens.of(tpp.poll(asked));
        bank.admin().updateClient(bank.name(), tpp.clientId(), client -> client.withObjectProperty("attributes")
                .put("authorization_details_types", DetailServer.PAYMENT));

        Tokens refreshed = Tokens.of(tpp.refresh(tokens));

        assertThat(refreshed.accessTokenScope()).contains(BALANCES);
        assertThat(refreshed.accessTokenClaims().has("authorization_details")).isFalse();
        assertThat(refreshed.response().has("authorization_details")).isFalse();
    }

    @Test
    void whoRemovesTheAccessEndsWhatNoRecordOfTheServerKnows() {
        give(customer, Asking.THREE);
        Asked first = ask(acme, customer, List.of(), recurring());
        app.approve(app.onlyPendingId(), List.of(), from(recurring(), EVERYDAY)).ok();
        Tokens tokens = Tokens.of(acme.poll(first));
        Tokens others = Tokens.of(approvedBalances());

        bank.admin().revokeConsent(bank.name(), customer.id(), ACME).ok();

        assertThat(app.consents("?status=live").list()).isEmpty();
        acme.assertDead(tokens);
        acme.assertDead(others);
    }

    private Answer approvedBalances() {
        Asked asked = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        return acme.poll(asked);
    }

    @Test
    void anEndTakesAlongAYesToTheSameDetailsThatWasNotFetched() {
        give(customer, Asking.THREE);
        Asked first = ask(acme, customer, List.of(), ASKED);
        app.approve(app.onlyPendingId(), List.of(), GRANTED).ok();
        String grantId = Tokens.of(acme.poll(first)).response().get("grant_id").asText();
        Asked less = ask(acme, customer, List.of(), ASKED);
        app.approve(app.onlyPendingId(), List.of(), about(accounts("read_balances"), EVERYDAY))
                .ok();
        Asked other = ask(acme, customer, List.of(), recurring());
        app.approve(app.onlyPendingId(), List.of(), from(recurring(), EVERYDAY)).ok();

        app.withdraw(grantId).ok();

        assertThat(acme.poll(less).error()).isEqualTo("access_denied");
        Tokens.of(acme.poll(other));
    }

    @Test
    void aSignedRequestAsksForTheSame() {
        give(customer, Asking.THREE);
        SigningKey key = SigningKey.generate();
        Tpp signer = bank.newTpp(ACME, key::signsBackchannelRequestsOf);
        ObjectNode claims = signer.requestClaims(customer).put("binding_message", "KR-4711");
        claims.putArray("authorization_details").add(PAYMENT);
        Asked asked = Asked.of(signer.backchannel(Map.of("request", key.sign(claims))));
        String id = app.onlyPendingId();
        assertThat(app.request(id).ok().at("/details/0/detail")).isEqualTo(PAYMENT);

        app.approve(id, List.of(), from(PAYMENT, EVERYDAY)).ok();

        assertThat(Tokens.of(signer.poll(asked)).accessTokenClaims().get("authorization_details"))
                .containsExactly(from(PAYMENT, EVERYDAY));
    }

    @Test
    void theConsentShowsWhatWasGranted() {
        Tokens tokens = granted(ASKED, GRANTED);
        String grantId = tokens.response().get("grant_id").asText();

        JsonNode listed = app.onlyConsent().at("/details/0");
        assertThat(listed.get("detail")).isEqualTo(GRANTED);
        assertThat(listed.get("accounts").findValuesAsText("id")).containsExactly(EVERYDAY, SAVINGS);
        JsonNode consent = app.consent(grantId, "en").ok();
        assertThat(consent.at("/details/0/accounts").findValuesAsText("name")).containsExactly("Everyday", "Savings");
        assertThat(consent.at("/details/0/rows")).isNotEmpty();
        assertThat(app.consent(grantId, "de").ok().at("/details/0/rows")).isNotEqualTo(consent.at("/details/0/rows"));
        assertThat(consent.at("/history/0/grantedDetails")).containsExactly(GRANTED);

        JsonNode grant = new BankApp(bank, acme.ownToken("grant_management_query"))
                .call("GET", "/grants/{id}", "/grants/" + grantId)
                .ok();
        assertThat(grant.get("authorization_details")).containsExactly(GRANTED);

        JsonNode seenByStaff = Staff.of(bank, "view-users").read(grantId).ok();
        assertThat(seenByStaff.get("grantedDetails")).containsExactly(GRANTED);
        assertThat(seenByStaff.at("/history/0/grantedDetails")).containsExactly(GRANTED);
        JsonNode evidence = seenByStaff.get("evidence");
        assertThat(evidence.get("askedDetails")).containsExactly(ASKED);
        assertThat(evidence.get("grantedDetails")).containsExactly(GRANTED);
        assertThat(evidence.at("/shownContent/details/0/detail")).isEqualTo(ASKED);
        assertThat(evidence.at("/shownContent/details/0/rows")).isNotEmpty();
        assertThat(evidence.get("contentHash").asText())
                .isEqualTo(tokens.accessTokenClaims().get("content_hash").asText());
    }

    @Test
    void anAppMakesTheContentHashOfWhatItWasSent() {
        give(customer, Asking.THREE);
        ask(acme, customer, List.of(BALANCES), ASKED);
        String id = app.onlyPendingId();
        for (String language : List.of("en", "de")) {
            JsonNode request = app.request(id, language).ok();
            assertThat(request.get("contentHash").asText()).as(language).isEqualTo(ContentHash.of(request));
        }
    }

    @Test
    void theHashIsThatOfTheLanguageInWhichTheAnswerIsGiven() {
        give(customer, Asking.THREE);
        Asked asked = ask(acme, customer, List.of(), PAYMENT);
        String id = app.onlyPendingId();
        String english = app.request(id, "en").text("contentHash");
        String german = app.request(id, "de").text("contentHash");
        assertThat(german).isNotEqualTo(english);
        String body = Http.object()
                .put("decision", "approve")
                .set("grantedDetails", Http.JSON.createArrayNode().add(from(PAYMENT, EVERYDAY)))
                .toString();

        JsonNode answer = app.decide(id, body, "de").ok();

        assertThat(answer.get("contentHash").asText()).isEqualTo(german);
        assertThat(answer.at("/decision/contentHash").asText()).isEqualTo(german);
        assertThat(app.request(id, "en").ok().at("/decision/contentHash").asText())
                .isEqualTo(german);
        assertThat(Tokens.of(acme.poll(asked))
                        .accessTokenClaims()
                        .get("content_hash")
                        .asText())
                .isEqualTo(german);
    }
}
