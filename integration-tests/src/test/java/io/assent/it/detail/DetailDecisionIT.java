package io.assent.it.detail;

import static io.assent.it.detail.Asking.EVERYDAY;
import static io.assent.it.detail.Asking.HOLIDAY;
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
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The customer is shown authorization details in the bank's app, and grants them, or less. */
class DetailDecisionIT {

    private static final ObjectNode ASKED = accounts("list_accounts", "read_balances", "read_transactions");
    private static final ObjectNode PAYMENT = payment("123.50");

    private final Realm bank = DetailServer.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    private String asked(JsonNode... details) {
        ask(acme, customer, List.of(), details);
        return app.onlyPendingId();
    }

    private static List<String> values(JsonNode detail) {
        return detail.get("rows").findValuesAsText("value");
    }

    private static void assertInvalid(Answer answer, String field) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-selection");
        assertThat(answer.text("detail")).contains(field);
    }

    private void assertPending(String id) {
        assertThat(app.request(id).text("status")).isEqualTo("pending");
    }

    @Test
    void aPaymentIsShownInTheCustomersLanguageWithTheAccountsThatItCanBeFrom() {
        give(customer, Asking.THREE);
        String id = asked(PAYMENT);

        JsonNode shown = app.request(id, "en").ok().at("/details/0");
        assertThat(shown.get("type").asText()).isEqualTo(DetailServer.PAYMENT);
        assertThat(shown.get("detail")).isEqualTo(PAYMENT);
        assertThat(shown.get("oneTime").asBoolean()).isTrue();
        assertThat(values(shown)).contains("€123.50", "Muster GmbH", "DE02 1001 0010 9307 1186 03", "Invoice 2026-17");
        assertThat(shown.at("/rows/0/emphasis").asInt()).isEqualTo(1);
        JsonNode choice = shown.get("accounts");
        assertThat(choice.get("field").asText()).isEqualTo("debtorAccount");
        assertThat(choice.get("many").asBoolean()).isFalse();
        assertThat(choice.get("named")).isEmpty();
        assertThat(choice.get("unavailable").asBoolean()).isFalse();
        assertThat(choice.get("choices").findValuesAsText("name")).containsExactly("Everyday", "Savings", "Holiday");
        assertThat(choice.get("choices").findValuesAsText("maskedNumber")).contains("•••• 3000");

        JsonNode german = app.request(id, "de").ok();
        assertThat(german.get("language").asText()).isEqualTo("de");
        assertThat(values(german.at("/details/0"))).anyMatch(value -> value.matches("123,50\\h€"));
        assertThat(german.get("details").findValuesAsText("label"))
                .isNotEqualTo(app.request(id, "en").ok().get("details").findValuesAsText("label"));
        assertThat(app.requests("").list().at("/0/details/0/accounts/choices").isNull())
                .as("choices in a list")
                .isTrue();
    }

    @Test
    void ofAccountsTheCustomerGrantsSomeAndOfActionsToo() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);
        JsonNode request = app.request(id).ok();
        assertThat(request.at("/details/0/accounts/many").asBoolean()).isTrue();
        assertThat(request.at("/details/0/accounts/required").asBoolean()).isTrue();
        assertThat(request.at("/details/0/oneTime").asBoolean()).isFalse();
        ObjectNode granted = about(accounts("list_accounts", "read_balances"), SAVINGS, EVERYDAY);

        JsonNode decision = app.approve(id, List.of(), granted).ok().get("decision");

        assertThat(decision.get("grantedDetails")).containsExactly(granted);
        assertThat(decision.at("/details/0/accounts").findValuesAsText("id")).containsExactly(SAVINGS, EVERYDAY);
        JsonNode read = app.request(id).ok();
        assertThat(read.at("/details/0/detail")).isEqualTo(ASKED);
        assertThat(read.at("/details/0/accounts/choices").isNull()).isTrue();
        assertThat(read.at("/decision/details/0/accounts").findValuesAsText("name"))
                .containsExactly("Savings", "Everyday");
        assertThat(values(read.at("/decision/details/0")))
                .isNotEqualTo(values(read.at("/details/0")))
                .isNotEmpty();
    }

    @Test
    void aRecurringPaymentIsGrantedAsAWhole() {
        give(customer, Asking.THREE);
        String id = asked(recurring());

        assertThat(values(app.request(id, "en").ok().at("/details/0")))
                .contains("Muster GmbH")
                .anyMatch(value -> value.contains("€50.00"));
        JsonNode decision = app.approveWithoutSaying(id).ok().get("decision");

        assertThat(decision.get("grantedDetails")).containsExactly(recurring());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotWithinWhatWasAskedForIsRefused() {
        give(customer, Asking.THREE);
        Map<String, ObjectNode> payments = new LinkedHashMap<>();
        payments.put("another amount", from(payment("123.51"), EVERYDAY));
        payments.put("a smaller amount", from(payment("1.00"), EVERYDAY));
        payments.put("the same amount in other digits", from(payment("123.5"), EVERYDAY));
        payments.put("another payee", from(PAYMENT, EVERYDAY).put("creditorName", "Mallory"));
        payments.put("another field", from(PAYMENT, EVERYDAY).put("endToEnd", "1"));
        payments.put("a field less", without(from(PAYMENT, EVERYDAY), "remittanceInformationUnstructured"));
        payments.put("another type", from(PAYMENT, EVERYDAY).put("type", DetailServer.RECURRING));
        payments.put("a type that is none", Http.object().put("type", "no-such-type"));
        payments.put("somebody else's account", from(PAYMENT, "acc-foreign"));
        String payment = asked(PAYMENT);
        Map<String, ObjectNode> informations = new LinkedHashMap<>();
        Customer another = bank.newCustomer();
        give(another, Asking.THREE);
        ObjectNode limited = accounts("list_accounts").put("historyFrom", "2026-01-01");
        ask(acme, another, List.of(), limited);
        BankApp theirs = another.app();
        String information = theirs.onlyPendingId();
        informations.put("no account", limited);
        informations.put("an empty list of accounts", withNone(limited));
        informations.put("an account of somebody else's", about(limited, EVERYDAY, "acc-foreign"));
        informations.put("an account twice", about(limited, EVERYDAY, EVERYDAY));
        informations.put("an account with more than an id", withMore(limited));
        informations.put("more history", about(limited, EVERYDAY).put("historyFrom", "2025-12-31"));
        informations.put("all history", without(about(limited, EVERYDAY), "historyFrom"));
        informations.put(
                "another action",
                about(accounts("list_accounts", "read_balances").put("historyFrom", "2026-01-01"), EVERYDAY));
        return Stream.concat(
                refused(payments, detail -> app.approve(payment, List.of(), detail), () -> assertPending(payment)),
                refused(informations, detail -> theirs.approve(information, List.of(), detail), () -> assertThat(
                                theirs.request(information).text("status"))
                        .isEqualTo("pending")));
    }

    private static Stream<DynamicTest> refused(
            Map<String, ObjectNode> details, Function<ObjectNode, Answer> approve, Runnable unchanged) {
        return details.entrySet().stream()
                .map(detail -> dynamicTest(detail.getKey(), () -> {
                    assertInvalid(approve.apply(detail.getValue()), "grantedDetails");
                    unchanged.run();
                }));
    }

    private static ObjectNode without(ObjectNode detail, String field) {
        detail.remove(field);
        return detail;
    }

    private static ObjectNode withNone(ObjectNode detail) {
        ObjectNode copy = detail.deepCopy();
        copy.putArray("accounts");
        return copy;
    }

    private static ObjectNode withMore(ObjectNode detail) {
        ObjectNode copy = about(detail, EVERYDAY);
        ((ObjectNode) copy.at("/accounts/0")).put("name", "Everyday");
        return copy;
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoListOfDetailsIsMalformed() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);
        String detail = about(ASKED, EVERYDAY).toString();
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("null", "null");
        lists.put("an object", detail);
        lists.put("a text", "\"[]\"");
        lists.put("of texts", "[\"account_information\"]");
        lists.put("of null", "[null]");
        lists.put("without a type", "[{}]");
        lists.put("of lists", "[[" + detail + "]]");
        lists.put("with a key twice", "[" + detail.replace("{\"type\"", "{\"type\":\"x\",\"type\"") + "]");
        lists.put(
                "with a fraction that readers round",
                "[" + detail.replace("{\"type\"", "{\"x\":1.234567890123456789,\"type\"") + "]");
        lists.put("with a huge number", "[" + detail.replace("{\"type\"", "{\"x\":1e999,\"type\"") + "]");
        lists.put("with a control character", "[" + detail.replace("list_accounts", "list\\u0000accounts") + "]");
        lists.put("with text that turns around", "[" + detail.replace("list_accounts", "list\\u202eaccounts") + "]");
        lists.put("nested deep", "[{\"type\":\"x\",\"x\":" + "[".repeat(30) + "]".repeat(30) + "}]");
        lists.put(
                "of eleven",
                IntStream.range(0, 11).mapToObj(any -> detail).toList().toString());
        lists.put("too long", "[" + detail.replace("list_accounts", "x".repeat(9_000)) + "]");
        return lists.entrySet().stream()
                .map(list -> dynamicTest(list.getKey(), () -> {
                    Answer answer =
                            app.decide(id, "{\"decision\":\"approve\",\"grantedDetails\":" + list.getValue() + "}");
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                    assertThat(answer.problem()).isEqualTo("malformed-request");
                    assertPending(id);
                }));
    }

    @Test
    void anApprovalThatDoesNotSayWhichAccountIsRefusedWhereOneHasToBeChosen() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);

        assertInvalid(app.approveWithoutSaying(id), "accounts");
        assertInvalid(app.approve(id, List.of()), "grantedDetails");
        assertInvalid(app.approve(id, List.of(), about(ASKED, EVERYDAY), about(ASKED, EVERYDAY)), "grantedDetails");
        assertPending(id);
    }

    @Test
    void aRequestWithoutDetailsGrantsNone() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        assertInvalid(app.approve(id, List.of(BALANCES), about(ASKED, EVERYDAY)), "grantedDetails");
        assertThat(app.approve(id, List.of(BALANCES))
                        .ok()
                        .at("/decision/contentHash")
                        .isNull())
                .isTrue();
    }

    @Test
    void aDenialGrantsNothing() {
        give(customer, Asking.THREE);
        String id = asked(PAYMENT);

        assertInvalid(app.decide(id, "{\"decision\":\"deny\",\"grantedDetails\":[" + PAYMENT + "]}"), "grantedDetails");
        assertPending(id);
        JsonNode decision = app.decide(id, "{\"decision\":\"deny\",\"grantedDetails\":[]}")
                .ok()
                .get("decision");
        assertThat(decision.get("grantedDetails")).isEmpty();
        assertThat(decision.get("contentHash").isTextual()).isTrue();
    }

    @Test
    void theClientNamesAccountsAndNoOtherCanBeChosen() {
        give(customer, Asking.THREE);
        String id = asked(about(ASKED, EVERYDAY, SAVINGS));

        JsonNode choice = app.request(id).ok().at("/details/0/accounts");
        assertThat(Http.JSON.convertValue(choice.get("named"), String[].class)).containsExactly(EVERYDAY, SAVINGS);
        assertThat(choice.get("choices").findValuesAsText("id")).containsExactly(EVERYDAY, SAVINGS);
        assertInvalid(app.approve(id, List.of(), about(ASKED, EVERYDAY, HOLIDAY)), "grantedDetails");
        app.approve(id, List.of(), about(ASKED, SAVINGS)).ok();
    }

    @Test
    void anAccountThatClosesBetweenShowingAndAnsweringIsNotGranted() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);
        assertThat(app.request(id).ok().at("/details/0/accounts/choices")).hasSize(3);
        give(customer, Asking.THREE[0]);

        assertInvalid(app.approve(id, List.of(), about(ASKED, EVERYDAY, SAVINGS)), "accounts");
        assertThat(app.request(id).ok().at("/details/0/accounts/choices")).hasSize(1);
        app.approve(id, List.of(), about(ASKED, EVERYDAY)).ok();

        // closed after that: the answer stands, and the account is shown by its id
        give(customer);
        JsonNode account = app.request(id).ok().at("/decision/details/0/accounts/0");
        assertThat(account.get("id").asText()).isEqualTo(EVERYDAY);
        assertThat(account.get("name").isNull()).isTrue();
    }

    @Test
    void whereTheAccountsCantBeReadNothingIsGrantedAndANoIsTaken() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);
        give(customer, "down");

        JsonNode choice = app.request(id).ok().at("/details/0/accounts");
        assertThat(choice.get("unavailable").asBoolean()).isTrue();
        assertThat(choice.get("choices")).isEmpty();
        Answer unavailable = app.whereTheServerMayFail().approve(id, List.of(), about(ASKED, EVERYDAY));
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.problem()).isEqualTo("accounts-unavailable");
        assertPending(id);

        app.deny(id).ok();
    }

    @Test
    void whoHasFiftyAccountsCanGrantAllAndWhoHasNoneCanOnlySayNo() {
        String[] fifty = IntStream.range(0, 50)
                .mapToObj(number ->
                        "0b0e4d8a-6a38-4b5c-9d9f-%012d|Account %d|•••• %04d".formatted(number, number, number))
                .toArray(String[]::new);
        give(customer, fifty);
        String id = asked(ASKED);
        String[] ids = app.request(id)
                .ok()
                .at("/details/0/accounts/choices")
                .findValuesAsText("id")
                .toArray(String[]::new);
        assertThat(ids).hasSize(50);
        app.approve(id, List.of(), about(ASKED, ids)).ok();

        Customer poor = bank.newCustomer();
        ask(acme, poor, List.of(), ASKED);
        BankApp theirs = poor.app();
        String theirId = theirs.onlyPendingId();
        assertThat(theirs.request(theirId).ok().at("/details/0/accounts/choices"))
                .isEmpty();
        assertInvalid(theirs.approve(theirId, List.of(), about(ASKED, EVERYDAY)), "accounts");
        theirs.deny(theirId).ok();
    }

    @Test
    void theSameAnswerAgainIsAnsweredAsTheFirstTimeWhateverBecameOfTheAccounts() {
        give(customer, Asking.THREE);
        String id = asked(ASKED);
        Answer first = app.approve(id, List.of(), about(ASKED, EVERYDAY));
        give(customer, "down");

        assertThat(app.approve(id, List.of(), about(ASKED, EVERYDAY)).ok()).isEqualTo(first.ok());
        Answer other = app.approve(id, List.of(), about(ASKED, SAVINGS));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("already-decided");
        assertThat(app.deny(id).status()).isEqualTo(409);
        assertThat(app.request(id).ok().at("/decision/grantedDetails")).containsExactly(about(ASKED, EVERYDAY));
    }

    @Test
    void ofTwoAnswersAtOnceExactlyOneIsTaken() throws Exception {
        give(customer, Asking.THREE);
        Asked asked = ask(acme, customer, List.of(), ASKED);
        String id = app.onlyPendingId();
        List<Callable<Answer>> calls = Stream.of(EVERYDAY, SAVINGS, HOLIDAY)
                .map(account -> (Callable<Answer>) () -> app.approve(id, List.of(), about(ASKED, account)))
                .toList();

        List<Answer> answers = AtOnce.all(calls);

        // two bodies of a customer are read at once
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).isSubsetOf(200, 409, 429);
        JsonNode taken = answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow()
                .ok()
                .at("/decision/grantedDetails");
        assertThat(Tokens.of(acme.poll(asked)).accessTokenClaims().get("authorization_details"))
                .isEqualTo(taken);
    }
}
