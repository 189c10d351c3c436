package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.admin.Auditor.Verified;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proves a consent is exported by staff, and verified by who has no server. */
class EvidenceIT {

    private static final String REALM = "evidence";

    private static Realm bank;
    private static Staff viewer;

    @TempDir
    private Path files;

    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void createARealmThatKeepsAdminEvents() {
        Servers.shared(Database.H2)
                .admin()
                .createRealm(Servers.realmFile().signing().keepingAdminEvents().named(REALM));
        bank = Servers.shared(Database.H2).realm(REALM);
        viewer = Staff.of(bank, "view-users");
    }

    private String granted(Tpp tpp, String... scopes) {
        Asked request = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(request)).accessTokenClaims().get("grant_id").asText();
    }

    /** A payment that the customer signs on a new phone; the id of the consent. */
    private String paid(SigningPhone phone) {
        Asked request = Asked.of(acme.request(customer, Map.of("authorization_details", "[" + payment() + "]")));
        phone.approve(app.onlyPendingId()).ok();
        return Tokens.of(acme.poll(request)).accessTokenClaims().get("grant_id").asText();
    }

    private static ObjectNode payment() {
        ObjectNode detail = Http.object().put("type", "payment_initiation").put("creditorName", "Grüne Gärten GmbH");
        detail.putObject("instructedAmount").put("currency", "EUR").put("amount", "12.50");
        detail.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return detail;
    }

    private String exported(String id) {
        Answer answer = viewer.evidence(id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private Verified verify(String evidence) {
        return new Auditor(files).verify(evidence, bank);
    }

    private void assertHolds(String evidence, String... said) {
        Verified verified = verify(evidence);
        assertThat(verified.status()).as(verified.said()).isZero();
        assertThat(verified.said()).startsWith("The evidence holds.").contains(said);
        assertThat(verified.said()).doesNotContain("NOT COMPARED");
    }

    @Test
    void anAnswerThatNobodySignedIsSealedAndSaysSo() {
        String id = granted(acme, BALANCES, TRANSACTIONS);
        app.narrow(id, BALANCES).ok();

        String evidence = exported(id);

        assertHolds(evidence, "NOT SIGNED", "Acme Budget (acme-aisp)", customer.id(), "narrowed by customer", id);
        JsonNode read = viewer.evidence(id).json();
        assertThat(read.at("/issuer").asText()).isEqualTo(bank.uri("").toString());
        assertThat(read.at("/request/channel").asText()).isEqualTo("ciba");
        assertThat(read.at("/request/challenge").asText()).hasSize(43);
        assertThat(read.at("/decision/grantedScopes")).hasSize(2);
        assertThat(read.at("/decision/address").asText()).isEqualTo("127.0.0.1");
        assertThat(read.at("/consent/history").findValuesAsText("type")).containsExactly("granted", "narrowed");
        assertThat(read.at("/shown/client/name").asText()).isEqualTo("Acme Budget");
        assertThat(read.get("signature").isNull()).isTrue();
        assertThat(viewer.read(id).ok().at("/evidence/signature").isNull()).isTrue();
        assertThat(evidence).doesNotContain("\n");
    }

    @Test
    void whatGoesOnAfterANoToTheRestIsProvedByTheAnswerFromBefore() {
        String before = granted(acme, BALANCES);
        String answered = viewer.evidence(before).json().at("/request/id").asText();
        WebClient browser = new WebClient(bank);
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);
        assertThat(page.permissions()).containsExactly(TRANSACTIONS);

        Tokens tokens = flow.tokens(browser.approve(page).uri());

        assertThat(tokens.accessTokenScope()).contains(BALANCES).doesNotContain(TRANSACTIONS);
        String id = tokens.accessTokenClaims().get("grant_id").asText();
        assertThat(id).isNotEqualTo(before);
        assertHolds(exported(id), customer.id(), "granted by system");
        JsonNode evidence = viewer.evidence(id).json();
        assertThat(evidence.at("/request/id").asText()).isEqualTo(answered);
        assertThat(evidence.at("/decision/decision").asText()).isEqualTo("approve");
        assertThat(evidence.at("/decision/grantedScopes"))
                .extracting(JsonNode::asText)
                .containsExactly(BALANCES);
        assertThat(viewer.read(id).ok().at("/history/0/requestId").asText()).isEqualTo(answered);
    }

    @Test
    void whatIsCarriedOverFromSeveralConsentsIsProvedByEachAnswer() {
        granted(acme, BALANCES);
        granted(acme, TRANSACTIONS);
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebClient browser = new WebClient(bank);
        WebPage page = browser.open(flow, customer);
        assertThat(page.left()).isTrue();

        String id = flow.tokens(page.uri()).accessTokenClaims().get("grant_id").asText();

        assertHolds(exported(id), "Also granted", "granting " + TRANSACTIONS);
        JsonNode evidence = viewer.evidence(id).json();
        assertThat(evidence.at("/decision/grantedScopes"))
                .extracting(JsonNode::asText)
                .containsExactly(TRANSACTIONS);
        assertThat(evidence.at("/consent/history/1/answer/decision/grantedScopes"))
                .extracting(JsonNode::asText)
                .containsExactly(BALANCES);
        assertThat(evidence.at("/consent/leftOut").asInt()).isZero();

        // carried over twice it was answered once
        app.narrow(id, TRANSACTIONS).ok();
        CodeFlow again = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        again.tokens(browser.open(again.authorizationUri()).uri());
        assertHolds(exported(id), "Also granted");
        String carried = evidence.at("/consent/history/1/answer/request/id").asText();
        assertThat(viewer.read(id).ok().at("/history").findValuesAsText("requestId"))
                .filteredOn(carried::equals)
                .hasSize(2);
        assertThat(viewer.evidence(id).json().at("/consent/history").findValues("answer"))
                .filteredOn(JsonNode::isObject)
                .hasSize(1);
    }

    @Test
    void aPaymentThatThePhoneSignedIsProvedByItsKey() {
        SigningPhone phone = SigningPhone.of(customer);
        String id = paid(phone);

        String evidence = exported(id);

        assertHolds(
                evidence,
                "by the key " + phone.key().id() + " of the device " + phone.deviceId(),
                "Grüne Gärten GmbH",
                "fpt",
                customer.id());
        assertThat(verify(evidence).said()).doesNotContain("NOT SIGNED");
        JsonNode signature = viewer.read(id).ok().at("/evidence/signature");
        assertThat(signature.get("kind").asText()).isEqualTo("jws");
        assertThat(signature.get("jwk")).isEqualTo(phone.key().jwk());
        String jws = signature.get("jws").asText();
        assertThat(evidence).contains(jws);
        String other = jws.substring(0, jws.length() - 1) + (jws.endsWith("A") ? "Q" : "A");
        assertThat(verify(evidence.replace(jws, other)).status()).isEqualTo(1);
    }

    @Test
    void whatIsSignedUnaskedIsProvedAsWell() {
        SigningPhone phone = SigningPhone.of(customer);
        Asked request = acme.ask(customer, BALANCES, TRANSACTIONS);
        phone.approve(app.onlyPendingId(), List.of(BALANCES)).ok();
        String id = Tokens.of(acme.poll(request))
                .accessTokenClaims()
                .get("grant_id")
                .asText();

        assertHolds(exported(id), "by the key " + phone.key().id());
    }

    @Test
    void theSignatureOutlivesItsCustomerWhomItAloneNames() {
        SigningPhone phone = SigningPhone.of(customer);
        String id = paid(phone);

        bank.admin().removeUser(REALM, customer.id());

        assertHolds(
                exported(id),
                "by the key " + phone.key().id() + " of the device " + phone.deviceId(),
                "for customer " + customer.id(),
                "device and customer are those that the JWS names");
        assertThat(viewer.evidence(id).json().at("/request/customerId").asText())
                .startsWith("removed:");
    }

    @Test
    void oneChangedCharacterIsFoundAndSoIsAnotherRealmsSeal() {
        String evidence = exported(granted(acme, BALANCES));
        String changed = evidence.replace("\"Acme Budget\"", "\"Acme Budgot\"");
        assertThat(changed).isNotEqualTo(evidence);

        assertThat(verify(changed).status()).isEqualTo(1);
        assertThat(verify(evidence + "\n").status()).isEqualTo(1);
        Verified foreign = new Auditor(files).verify(evidence, Servers.bank());
        assertThat(foreign.status()).isEqualTo(1);
        assertThat(foreign.said()).contains("none of the realm's");
        assertThat(new Auditor(files).verify(evidence).said()).contains("NOT COMPARED");
    }

    @ParameterizedTest
    @CsvSource({"ES256, ES256", "PS512, PS512", "EdDSA, RS256", "HS256, RS256"})
    void theRealmSealsAsItSignsTokensOrByTheAlgorithmThatAllKnow(String usual, String seals) {
        bank.admin().updateRealm(REALM, realm -> realm.put("defaultSignatureAlgorithm", usual));
        String evidence = exported(granted(acme, BALANCES));
        bank.admin().updateRealm(REALM, realm -> realm.put("defaultSignatureAlgorithm", "RS256"));

        assertHolds(evidence, customer.id());
        assertThat(evidence).contains("\"alg\":\"" + seals + "\"");
    }

    @Test
    void itOutlivesItsClientAndItsCustomerWhomItNamesNoMore() {
        Tpp brief = bank.newTpp(ACME, client -> client.put("name", "Brief Budget"));
        String id = granted(brief, BALANCES);

        bank.admin().removeClient(REALM, brief.clientId());
        assertHolds(exported(id), "Brief Budget (" + brief.clientId() + ")", customer.id(), "revoked by system");
        bank.admin().removeUser(REALM, customer.id());

        String evidence = exported(id);
        assertHolds(evidence, "removed since", "Brief Budget");
        assertThat(evidence).doesNotContain(customer.id()).contains("\"address\":null");
    }

    @Test
    void whoMayNotReadTheConsentExportsNothing() {
        String id = granted(acme, BALANCES);
        Staff nobody = Staff.of(bank);
        Staff theCustomer = new Staff(bank, customer.id(), app.accessToken());
        Staff clientsOnly = Staff.of(bank, "view-clients", "manage-clients", "view-realm", "query-users");

        for (Staff caller : List.of(nobody, theCustomer, clientsOnly)) {
            for (String any : List.of(id, UUID.randomUUID().toString(), "no-id")) {
                Answer answer = caller.evidence(any);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
                assertThat(answer.problem()).isEqualTo("missing-rights");
            }
        }
        assertThat(bank.admin().adminEvents(REALM, "consents/" + id + "/*")).isEmpty();
    }

    @Test
    void unknownMalformedAndAnotherRealmsConsentAreNotToldApart() {
        Realm elsewhere = Servers.bank();
        Customer other = elsewhere.newCustomer();
        Asked request = elsewhere.tpp(ACME).ask(other, BALANCES);
        other.app().approve(other.app().onlyPendingId()).ok();
        Tokens foreign = Tokens.of(elsewhere.tpp(ACME).poll(request));

        for (String id : List.of(
                UUID.randomUUID().toString(),
                "no-id",
                foreign.accessTokenClaims().get("grant_id").asText())) {
            Answer answer = viewer.evidence(id);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
            assertThat(answer.body())
                    .isEqualTo(viewer.evidence(UUID.randomUUID().toString()).body());
        }
    }

    @Test
    void anAdminEventSaysWhoExportedWhichConsentAndNothingOfIt() {
        String id = granted(acme, BALANCES);

        exported(id.toUpperCase(Locale.ROOT));

        JsonNode events = bank.admin().adminEvents(REALM, "consents/" + id + "/*");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).get("operationType").asText()).isEqualTo("ACTION");
        assertThat(events.get(0).get("resourcePath").asText()).isEqualTo("consents/" + id + "/evidence");
        assertThat(events.get(0).at("/authDetails/userId").asText()).isEqualTo(viewer.id());
        assertThat(events.get(0).toString()).doesNotContain(customer.id()).doesNotContain("Acme");
    }
}
