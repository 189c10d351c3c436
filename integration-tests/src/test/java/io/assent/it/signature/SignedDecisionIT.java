package io.assent.it.signature;

import static io.assent.it.signature.RefusedSignatures.assertRefused;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.data.MalformedDecisions;
import io.assent.fake.data.MalformedDecisions.Malformed;
import io.assent.fake.data.SoundDecision;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.Approval;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A payment is approved by a signature of the phone, over what it shows: by the rules of the default. */
class SignedDecisionIT {

    private static final ObjectNode PAYMENT = payment();
    private static final Map<String, String> WITH_PAYMENT = Map.of("authorization_details", "[" + PAYMENT + "]");

    private final Realm bank = Servers.signing(Database.POSTGRESQL);
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final SigningPhone phone = SigningPhone.of(customer);
    private final BankApp app = phone.app();

    private static ObjectNode payment() {
        ObjectNode detail = Http.object().put("type", "payment_initiation").put("creditorName", "Muster GmbH");
        detail.putObject("instructedAmount").put("currency", "EUR").put("amount", "123.50");
        detail.putObject("creditorAccount").put("iban", "DE02100100109307118603");
        return detail;
    }

    private Asked askToPay() {
        return Asked.of(acme.request(customer, WITH_PAYMENT));
    }

    private JsonNode asked() {
        askToPay();
        return app.request(app.onlyPendingId()).ok();
    }

    private String signed(JsonNode request) {
        return phone.decision(request, Approval.ofAll(request)).by(phone.key());
    }

    private void assertPending(JsonNode request) {
        assertThat(app.request(id(request)).text("status")).isEqualTo("pending");
    }

    private static String id(JsonNode request) {
        return request.get("id").asText();
    }

    @Test
    void whatThePhoneSignedIsPaid() {
        Asked asked = askToPay();
        assertThat(app.requests("?status=pending").list().at("/0/challenge").isNull())
                .as("challenge in a list")
                .isTrue();
        JsonNode request = app.request(app.onlyPendingId()).ok();
        assertThat(request.get("signatureRequired").asText()).isEqualTo("key+user-verification");
        assertThat(request.get("challenge").asText()).matches("[A-Za-z0-9_-]{43}");

        JsonNode decided =
                phone.send(request, Approval.ofAll(request), signed(request)).ok();

        assertThat(decided.at("/decision/deviceId").asText()).isEqualTo(phone.deviceId());
        assertThat(decided.at("/decision/contentHash")).isEqualTo(request.get("contentHash"));
        assertThat(decided.get("challenge").isNull()).isTrue();
        assertThat(decided.get("signatureRequired").isNull()).isTrue();
        JsonNode claims = Tokens.of(acme.poll(asked)).accessTokenClaims();
        assertThat(claims.at("/authorization_details/0/instructedAmount/amount").asText())
                .isEqualTo("123.50");
    }

    @Test
    void whatIsNotSignedIsNotApproved() {
        JsonNode request = asked();

        Answer refused = app.approve(id(request));

        assertRefused(refused, 422, "signature-required");
        assertThat(refused.text("signatureRequired")).isEqualTo("key+user-verification");
        assertPending(request);
    }

    @Test
    void allThatIsMalformedIsRefusedForWhatIsWrongWithIt() {
        // with a permission beside it, which could be left out
        Asked asked = Asked.of(acme.request(customer, WITH_PAYMENT, BALANCES));
        PhoneKey key = PhoneKey.generate();
        SigningPhone other = SigningPhone.enrolled(app, key);
        JsonNode request = app.request(app.onlyPendingId()).ok();
        Approval all = Approval.ofAll(request);
        JsonNode token = Tokens.claims(app.accessToken());
        SoundDecision sound = new SoundDecision(
                key.pair(),
                other.deviceId(),
                token.get("iss").asText(),
                token.get("sub").asText(),
                id(request),
                all.scopes(),
                all.details().toString(),
                request.get("contentHash").asText(),
                request.get("challenge").asText(),
                Instant.parse(request.get("createdAt").asText()),
                Instant.parse(request.get("expiresAt").asText()),
                Instant.now());
        List<Malformed> malformed = MalformedDecisions.of(sound, SoundDecision.key());
        assertThat(malformed).hasSizeGreaterThanOrEqualTo(40);

        malformed.forEach(one -> {
            assertRefused(phone.send(request, all, one.jws()), one);
        });

        assertPending(request);
        phone.send(request, all, sound.jws()).ok();
        Tokens.of(acme.poll(asked));
    }

    @Test
    void theSameSignatureAgainIsTheSameAnswerAndAnotherOneIsNot() {
        JsonNode request = asked();
        String signature = signed(request);
        Approval all = Approval.ofAll(request);
        JsonNode first = phone.send(request, all, signature).ok();

        assertThat(phone.send(request, all, signature).ok()).isEqualTo(first);
        assertRefused(phone.send(request, all, signed(request)), 409, "already-decided");
        assertRefused(phone.send(request, all, "anything"), 409, "already-decided");
        assertThat(app.request(id(request)).ok().get("decision")).isEqualTo(first.get("decision"));
    }

    @Test
    void aSignatureIsGoodForItsOwnRequestAlone() {
        JsonNode one = asked();
        String signature = signed(one);
        phone.send(one, Approval.ofAll(one), signature).ok();
        JsonNode another = asked();

        Answer refused = phone.send(another, Approval.ofAll(another), signature);

        assertRefused(refused, 422, "invalid-signature");
        assertThat(refused.text("flaw")).isEqualTo("request");
        assertPending(another);
    }

    @Test
    void whoeverHasTheTokenAloneDecidesNothingButNo() {
        JsonNode request = asked();
        BankApp thief = new BankApp(bank, app.accessToken());
        SigningPhone stolen = new SigningPhone(thief, phone.deviceId(), PhoneKey.generate());
        Approval all = Approval.ofAll(request);

        Answer refused = stolen.send(request, all, stolen.decision(request, all).by(stolen.key()));
        assertRefused(refused, 422, "invalid-signature");
        assertThat(refused.text("flaw")).isEqualTo("key");
        assertRefused(thief.approve(id(request)), 422, "signature-required");
        assertPending(request);

        assertThat(app.deny(id(request)).text("status")).isEqualTo("denied");
    }

    @Test
    void anotherCustomersPhoneSignsNothing() {
        JsonNode request = asked();
        SigningPhone others = SigningPhone.of(bank.newCustomer());
        Approval all = Approval.ofAll(request);
        SigningPhone mixed = new SigningPhone(app, others.deviceId(), others.key());

        Answer refused = mixed.send(request, all, mixed.decision(request, all).by(others.key()));

        assertRefused(refused, 422, "invalid-signature");
        assertThat(refused.text("flaw")).isEqualTo("key");
        assertPending(request);
    }

    @Test
    void aDeviceThatIsRemovedSignsNothingMore() {
        JsonNode before = asked();
        String signature = signed(before);
        JsonNode answered =
                phone.send(before, Approval.ofAll(before), signature).ok();
        JsonNode request = asked();
        app.removeDevice(phone.deviceId());

        assertRefused(phone.send(request, Approval.ofAll(request), signed(request)), 422, "invalid-signature");
        assertPending(request);
        assertThat(phone.send(before, Approval.ofAll(before), signature).ok())
                .as("what was signed before stands")
                .isEqualTo(answered);
    }

    @Test
    void whatChangesBetweenReadingAndSigningIsNotApproved() {
        JsonNode request = asked();
        String signature = signed(request);
        String database = Servers.shared(Database.POSTGRESQL).databaseName();
        Postgres.execute(
                database,
                "UPDATE consent_request SET binding_message = 'X' || binding_message WHERE id = '%s'"
                        .formatted(id(request)));

        assertRefused(phone.send(request, Approval.ofAll(request), signature), 409, "content-changed");
        assertPending(request);

        JsonNode again = app.request(id(request)).ok();
        assertThat(again.get("contentHash")).isNotEqualTo(request.get("contentHash"));
        phone.send(again, Approval.ofAll(again), signed(again)).ok();
    }

    @Test
    void anAmountThatChangesBetweenReadingAndSigningIsNotPaid() {
        JsonNode request = asked();
        String signature = signed(request);
        String database = Servers.shared(Database.POSTGRESQL).databaseName();
        Postgres.execute(
                database,
                "UPDATE consent_request SET details = replace(details, '123.50', '923.50') WHERE id = '%s'"
                        .formatted(id(request)));

        Answer whole = phone.send(request, new Approval(List.of(), List.of()), signature);
        assertThat(whole.status()).as(whole.toString()).isIn(409, 422);
        assertThat(phone.send(request, Approval.ofAll(request), signature).status())
                .isEqualTo(422);
        assertPending(request);
    }

    @Test
    void anAnswerInAnotherLanguageIsToldToReadAgain() {
        askToPay();
        JsonNode german = app.request(app.onlyPendingId(), "de").ok();

        assertRefused(phone.send(german, Approval.ofAll(german), signed(german)), 409, "content-changed");
        assertPending(german);
    }

    /** Two bodies of a customer are read at once, so two it is. */
    @RepeatedTest(5)
    void ofTwoSignaturesAtOnceOneIsTakenAndStands() throws Exception {
        JsonNode request = asked();
        Approval all = Approval.ofAll(request);
        List<String> signatures = List.of(signed(request), signed(request));

        List<Answer> answers = AtOnce.all(signatures.stream()
                .<Callable<Answer>>map(signature -> () -> phone.send(request, all, signature))
                .toList());

        assertThat(answers.stream().map(Answer::status).toList()).containsExactlyInAnyOrder(200, 409);
        for (int call = 0; call < 2; call++) {
            assertThat(phone.send(request, all, signatures.get(call)).status())
                    .isEqualTo(answers.get(call).status());
        }
    }

    @RepeatedTest(3)
    void theSameSignatureTwiceAtOnceIsOneAnswer() throws Exception {
        JsonNode request = asked();
        Approval all = Approval.ofAll(request);
        String signature = signed(request);

        List<Answer> answers = AtOnce.all(Collections.nCopies(2, () -> phone.send(request, all, signature)));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.ok().get("decision"))
                .isEqualTo(answers.get(0).ok().get("decision")));
    }

    @Test
    void aNoIsNeverSigned() {
        JsonNode request = asked();

        Answer refused = app.decide(
                id(request),
                Http.object()
                        .put("decision", "deny")
                        .put("signature", signed(request))
                        .toString());
        assertRefused(refused, 400, "malformed-request");
        assertThat(app.deny(id(request)).text("status")).isEqualTo("denied");
    }

    /** A payment can be asked for like that, too. */
    @Test
    void aPermissionThatIsGoodOnceIsSignedAsWell() {
        String transfer = "transfers." + customer.id().substring(0, 8);
        ObjectNode permission = Http.object().put("name", transfer).put("protocol", "openid-connect");
        permission
                .withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("always.display.consent", "true");
        String scope = bank.admin().createScope(bank.name(), permission);
        Tpp tpp = bank.newTpp(
                ACME, client -> client.withArrayProperty("optionalClientScopes").add(transfer));
        try {
            Asked asked = tpp.ask(customer, transfer);
            JsonNode request = app.request(app.onlyPendingId()).ok();
            assertThat(request.get("signatureRequired").asText()).isEqualTo("key+user-verification");

            assertRefused(app.approve(id(request), transfer), 422, "signature-required");
            assertPending(request);
            phone.approve(id(request)).ok();

            assertThat(Tokens.of(tpp.poll(asked)).accessTokenScope()).contains(transfer);
        } finally {
            bank.admin().removeClient(bank.name(), tpp.clientId());
            bank.admin().removeScope(bank.name(), scope);
        }
    }

    @Test
    void whatNeedsNoSignatureCanHaveOneAndItHasToHold() {
        acme.ask(customer, BALANCES);
        JsonNode request = app.request(app.onlyPendingId()).ok();
        assertThat(request.get("signatureRequired").asText()).isEqualTo("none");
        Approval all = Approval.ofAll(request);

        assertRefused(phone.send(request, all, "no signature"), 422, "invalid-signature");
        JsonNode decided = phone.send(request, all, signed(request)).ok();

        assertThat(decided.at("/decision/contentHash"))
                .as("kept for what was signed")
                .isEqualTo(request.get("contentHash"));
    }
}
