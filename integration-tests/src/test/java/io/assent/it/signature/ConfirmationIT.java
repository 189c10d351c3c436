package io.assent.it.signature;

import static io.assent.it.signature.RefusedSignatures.assertRefused;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.data.MalformedDecisions;
import io.assent.fake.data.MalformedDecisions.Malformed;
import io.assent.fake.data.SoundDecision;
import io.assent.it.admin.Auditor;
import io.assent.it.admin.Auditor.Verified;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Passkey;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.SigningPhone;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer says yes again to a consent, signed by the phone over what it shows, where the bank wants that. */
class ConfirmationIT {

    private static final String REALM = "signed-confirmations";
    private static final String DEMAND = "key+user-verification";

    private static Realm bank;

    @TempDir
    private Path files;

    private final Customer customer = bank.newCustomer();
    private final SigningPhone phone = SigningPhone.of(customer);
    private final BankApp app = phone.app();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void makeRules() {
        Servers.shared(Database.POSTGRESQL)
                .admin()
                .createRealm(Servers.realmFile().signing().named(REALM));
        bank = Servers.shared(Database.POSTGRESQL).realm(REALM);
        bank.admin()
                .consentRules(REALM, Map.of("confirm-every-days", "10", "decision-signature", DEMAND))
                .ok();
        bank.admin().demandOfEveryClient(REALM, "consents");
    }

    @AfterAll
    static void removeRealm() {
        bank.admin().removeRealm(REALM);
    }

    /** A consent that was not confirmed in time; its id. */
    private String suspended() {
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        phone.approve(app.onlyPendingId()).ok();
        String id =
                Tokens.of(acme.poll(asked)).accessTokenClaims().get("grant_id").asText();
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET confirm_by = 1 WHERE id = '" + id + "'");
        assertSuspended(id);
        return id;
    }

    private void assertSuspended(String id) {
        assertThat(app.consent(id).text("status")).isEqualTo("suspended");
    }

    private JsonNode read(String id) {
        return app.consent(id).ok();
    }

    private String signed(String id) {
        return phone.confirmation(read(id)).by(phone.key());
    }

    private static void assertFlaw(Answer answer, String flaw) {
        assertRefused(answer, 422, "invalid-signature");
        assertThat(answer.text("flaw")).isEqualTo(flaw);
    }

    @Test
    void whatThePhoneSignedGoesOnAndIsProved() {
        String id = suspended();
        JsonNode consent = read(id);
        assertThat(consent.get("signatureRequired").asText()).isEqualTo(DEMAND);
        assertThat(consent.get("challenge").asText()).matches("[A-Za-z0-9_-]{43}");
        assertThat(app.onlyConsent().get("challenge").isNull()).as("in a list").isTrue();

        JsonNode confirmed = phone.confirm(id, signed(id)).ok();

        assertThat(confirmed.get("status").asText()).isEqualTo("active");
        assertThat(confirmed.get("challenge").isNull()).isTrue();
        assertProved(id, "by the key " + phone.key().id() + " of the device " + phone.deviceId());
    }

    private void assertProved(String id, String by) {
        String evidence = Staff.of(bank, "view-users").evidence(id).body();
        Verified verified = new Auditor(files).verify(evidence, bank);
        assertThat(verified.status()).as(verified.said()).isZero();
        String again = verified.said().replaceFirst("(?s).*\nConfirmed     at ", "");
        assertThat(again).contains(BALANCES, TRANSACTIONS, by).doesNotContain("NOT SIGNED");
        assertThat(new Auditor(files)
                        .verify(evidence.replace("\"type\":\"confirmed\"", "\"type\":\"reminded\""), bank)
                        .status())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotSignedIsNotConfirmed() {
        String id = suspended();

        Answer refused = app.confirm(id);

        assertRefused(refused, 422, "signature-required");
        assertThat(refused.text("signatureRequired")).isEqualTo(DEMAND);
        assertSuspended(id);
        app.narrow(id, BALANCES).ok();
        app.withdraw(id).ok();
        assertRefused(app.confirm(id), 409, "consent-ended");
        assertThat(read(id).get("challenge").isNull()).isTrue();
    }

    @Test
    void allThatIsMalformedIsRefusedForWhatIsWrongWithIt() {
        String id = suspended();
        PhoneKey key = PhoneKey.generate();
        SigningPhone other = SigningPhone.enrolled(app, key);
        JsonNode consent = read(id);
        JsonNode token = Tokens.claims(app.accessToken());
        Instant now = Instant.now();
        SoundDecision sound = new SoundDecision(
                        key.pair(),
                        other.deviceId(),
                        token.get("iss").asText(),
                        token.get("sub").asText(),
                        id,
                        List.of(BALANCES, TRANSACTIONS),
                        "[]",
                        consent.get("contentHash").asText(),
                        consent.get("challenge").asText(),
                        now,
                        now.plusSeconds(300),
                        now)
                .confirming();

        for (Malformed one : MalformedDecisions.of(sound, SoundDecision.key())) {
            assertRefused(phone.confirm(id, one.jws()), one);
        }

        assertSuspended(id);
        phone.confirm(id, sound.jws()).ok();
    }

    @Test
    void theSameSignatureAgainIsTheSameAnswerAndIsGoodForNothingElse() {
        String id = suspended();
        String another = suspended();
        String signature = signed(id);
        String unused = signed(id);
        JsonNode first = phone.confirm(id, signature).ok();

        assertThat(phone.confirm(id, signature).ok()).isEqualTo(first);
        assertThat(read(id).get("history").findValuesAsText("type")).containsOnlyOnce("confirmed");
        assertFlaw(phone.confirm(another, signature), "request");
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET confirm_by = 1 WHERE id = '" + id + "'");
        assertFlaw(phone.confirm(id, signature), "challenge");
        assertFlaw(phone.confirm(id, unused), "challenge");
        assertSuspended(id);
        assertSuspended(another);
    }

    @Test
    void whoeverHasTheTokenAloneConfirmsNothing() {
        String id = suspended();
        SigningPhone thief = new SigningPhone(app, phone.deviceId(), PhoneKey.generate());

        assertFlaw(thief.confirm(id), "key");
        assertFlaw(
                phone.confirm(
                        id,
                        phone.confirmation(read(id))
                                .with(claims -> claims.put("dec", "approve"))
                                .by(phone.key())),
                "decision");
        assertSuspended(id);
    }

    @Test
    void whatChangesBetweenReadingAndSigningIsToBeReadAgain() {
        String id = suspended();
        String signature = signed(id);
        app.narrow(id, BALANCES).ok();

        assertRefused(phone.confirm(id, signature), 409, "content-changed");
        JsonNode german = app.consent(id, "de").ok();
        assertRefused(phone.confirm(id, phone.confirmation(german).by(phone.key())), 409, "content-changed");
        assertSuspended(id);

        assertThat(phone.confirm(id).text("status")).isEqualTo("active");
    }

    @Test
    void aPasskeyConfirmsTheSame() {
        String id = suspended();
        assertThat(read(id).get("passkey").isNull()).isTrue();
        Passkey passkey = Passkey.of(customer, "webauthn-passwordless");
        JsonNode consent = read(id);
        assertThat(consent.at("/passkey/credentialIds")).hasSize(1);
        assertThat(consent.at("/passkey/userVerification").asText()).isEqualTo("required");

        assertFlaw(app.confirm(id, body(consent, passkey.sign("{}"))), "challenge");
        ObjectNode other = consent.deepCopy();
        other.set("contentHash", consent.get("challenge"));
        assertRefused(app.confirm(id, body(other, passkey.sign(covered(other)))), 409, "content-changed");
        assertRefused(
                app.confirm(id, body(consent, passkey.sign(covered(consent), Passkey.PRESENT, 0))),
                422,
                "signature-required");
        assertSuspended(id);
        app.confirm(id, body(consent, passkey.sign(covered(consent)))).ok();

        assertProved(id, "by the passkey ");
    }

    private static String covered(JsonNode consent) {
        return "{\"chl\":%s,\"confirm\":%s,\"dsp\":%s,\"permissions\":[\"%s\",\"%s\"]}"
                .formatted(
                        consent.get("challenge"),
                        consent.get("id"),
                        consent.get("contentHash"),
                        BALANCES,
                        TRANSACTIONS);
    }

    private static String body(JsonNode consent, Map<String, List<String>> form) {
        ObjectNode body = Http.object();
        ObjectNode passkey = body.putObject("passkey");
        passkey.set("challenge", consent.get("challenge"));
        passkey.set("contentHash", consent.get("contentHash"));
        passkey.put("credentialId", form.get("passkey-credential").get(0))
                .put("clientDataJSON", form.get("passkey-client-data").get(0))
                .put("authenticatorData", form.get("passkey-authenticator-data").get(0))
                .put("signature", form.get("passkey-signature").get(0));
        return body.toString();
    }

    @Test
    void aBodyThatIsNoConfirmationIsRefused() {
        String id = suspended();

        for (String body : List.of(
                "{}",
                "[]",
                "{\"signature\":null}",
                "{\"signature\":\"a\",\"passkey\":{}}",
                "{\"signature\":\"a\",\"more\":1}",
                "{\"passkey\":{\"challenge\":\"short\"}}")) {
            assertRefused(app.confirm(id, body), 400, "malformed-request");
        }
        assertSuspended(id);
    }
}
