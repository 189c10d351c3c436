package io.assent.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.confirmation.Confirmations.Question;
import io.assent.consent.Actor;
import io.assent.consent.ConfirmResult;
import io.assent.consent.Consent;
import io.assent.consent.Consent.Access;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.consent.ConsentsInMemory;
import io.assent.consent.GrantedPermission;
import io.assent.detail.Details;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.evidence.SignedContent;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Confirmation;
import io.assent.rules.SignatureDemand;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Sha256;
import io.assent.signature.Act;
import io.assent.signature.Approval;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureVerdict;
import io.assent.signature.Signing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules about a customer's yes again to what stands: what it answers, when it is signed, what is kept. */
class ConfirmationsTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Customer ALICE = PARTIES.customer();
    private static final String APP = "app";
    private static final ShownContent SHOWN = new ShownContent(new ShownText("{}"), "{\"text\":\"\"}");
    private static final KeptSignature KEPT = new KeptSignature.Jws("jws", "{}");
    private static final SignatureVerdict SIGNED = new SignatureVerdict.Signed("phone", KEPT);
    private static final ConsentRules RULES = ConsentRules.DEFAULT.withTerm(
            Duration.ofDays(365), Optional.of(new Confirmation(Duration.ofDays(90), Duration.ofDays(14))));

    private Instant now = Instant.parse("2026-11-27T09:00:00.500Z");
    private SignatureDemand demand = SignatureDemand.KEY;
    private SignatureVerdict verdict = SIGNED;
    private final List<Approval> approvals = new ArrayList<>();
    private final ConsentsInMemory store = new ConsentsInMemory();
    private final Consents consents = store.consents(RULES, () -> now);
    private final Consent consent = grant();
    private final Confirmations confirmations = new Confirmations(
            consents,
            new Signing() {
                @Override
                public SignatureDemand demand(Parties parties, Set<String> permissions, Details details) {
                    return demand;
                }

                @Override
                public SignatureVerdict check(
                        Approval approval, SignatureDemand demanded, Optional<DecisionSignature> signature) {
                    approvals.add(approval);
                    return verdict;
                }
            },
            ConfirmationsTest::mac,
            () -> now);

    private static byte[] mac(byte[] bytes) {
        return Sha256.of("a key " + new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
    }

    private Consent grant() {
        return consents.grantOwn(
                PARTIES,
                "request",
                Access.to(List.of(new GrantedPermission("1", "transactions"), new GrantedPermission("2", "balances"))),
                "session");
    }

    private void days(int days) {
        now = now.plus(Duration.ofDays(days));
    }

    private Consent found() {
        return consents.find(ALICE, consent.id()).orElseThrow();
    }

    private Question question() {
        return confirmations.question(found()).orElseThrow();
    }

    /** What is signed names a challenge; who signs it is not looked at here. */
    private static DecisionSignature answering(String challenge) {
        return new DecisionSignature.Assertion(
                "id", "client data", "data", "signature", "{\"chl\":\"" + challenge + "\"}");
    }

    private ConfirmResult confirm(DecisionSignature signature) {
        return confirmations.confirm(ALICE, consent.id(), APP, Optional.of(signature), shown -> Optional.of(SHOWN));
    }

    private ConfirmResult confirmUnsigned() {
        return confirmations.confirm(ALICE, consent.id(), APP, Optional.empty(), shown -> Optional.empty());
    }

    private String challengeThatCounts(String claimed) {
        approvals.clear();
        verdict = new SignatureVerdict.OtherContent();
        confirm(answering(claimed));
        return approvals.get(0).challenge();
    }

    private List<ConsentRecord> lines() {
        return consents.history(found()).stream()
                .filter(line -> line.type() == ConsentRecord.Type.CONFIRMED)
                .toList();
    }

    @Test
    void whatIsSignedIsTheConsentAsItIsShownInAnswerToItsChallenge() {
        days(80);
        String challenge = question().challenge();
        Instant asked = now;
        now = now.plusSeconds(20);

        assertThat(confirm(answering(challenge))).isEqualTo(new ConfirmResult.Confirmed(found()));

        assertThat(approvals)
                .containsExactly(new Approval(
                        Act.CONFIRM,
                        PARTIES,
                        consent.id(),
                        challenge,
                        asked,
                        asked.plus(Duration.ofMinutes(5)),
                        Set.of("balances", "transactions"),
                        Details.NONE,
                        SHOWN,
                        now));
        assertThat(found().term().confirmBy()).isEqualTo(now.plus(Duration.ofDays(90)));
        assertThat(lines())
                .singleElement()
                .extracting(ConsentRecord::signed)
                .isEqualTo(new SignedContent(challenge, SHOWN, KEPT));
        assertThat(Confirmations.askedAt(challenge)).contains(asked);
    }

    @Test
    void whatHasToBeSignedIsNotConfirmedWithout() {
        days(90);

        assertThat(confirmUnsigned())
                .isInstanceOfSatisfying(ConfirmResult.Unsigned.class, refused -> assertThat(refused.verdict())
                        .isInstanceOf(SignatureVerdict.Missing.class));
        assertThat(found().isSuspended(now)).isTrue();
        assertThat(lines()).isEmpty();
    }

    @Test
    void whatNeedsNoSignatureIsConfirmedWithoutAndNothingIsKept() {
        demand = SignatureDemand.NONE;
        days(90);

        assertThat(confirmUnsigned()).isInstanceOf(ConfirmResult.Confirmed.class);
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line.findSigned())
                .isEmpty());
    }

    @Test
    void whatDoesNotHoldChangesNothingThoughNobodyAskedForIt() {
        demand = SignatureDemand.NONE;
        days(90);
        verdict = new SignatureVerdict.OtherContent();

        assertThat(confirm(answering(question().challenge()))).isEqualTo(new ConfirmResult.Unsigned(verdict));
        assertThat(found().isSuspended(now)).isTrue();
    }

    @Test
    void whatIsNotShownAnyMoreIsNotSigned() {
        days(90);

        assertThat(confirmations.confirm(
                        ALICE,
                        consent.id(),
                        APP,
                        Optional.of(answering(question().challenge())),
                        shown -> Optional.empty()))
                .isEqualTo(new ConfirmResult.Unsigned(new SignatureVerdict.OtherContent()));
        assertThat(approvals).isEmpty();
    }

    @Test
    void theClientThatHasItConfirmsNothing() {
        demand = SignatureDemand.NONE;
        days(90);

        assertThat(confirmations.confirm(
                        ALICE, consent.id(), PARTIES.clientId(), Optional.empty(), shown -> Optional.of(SHOWN)))
                .isEqualTo(new ConfirmResult.OwnClient());
        assertThat(lines()).isEmpty();
        assertThat(confirmUnsigned()).isInstanceOf(ConfirmResult.Confirmed.class);
    }

    @Test
    void soonAfterAConfirmationTheSameOrAnotherOneChangesNothing() {
        days(90);
        DecisionSignature signature = answering(question().challenge());
        ConfirmResult first = confirm(signature);
        now = now.plus(Duration.ofMinutes(59));

        assertThat(confirm(signature)).isEqualTo(first);
        assertThat(confirmUnsigned()).isEqualTo(first);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aChallengeIsGoodForItsConsentForOneConfirmationAndForFiveMinutes() {
        days(80);
        String challenge = question().challenge();
        assertThat(challenge).matches("[A-Za-z0-9_-]{43}");
        assertThat(challengeThatCounts(challenge)).isEqualTo(challenge);
        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertThat(challengeThatCounts(challenge)).isEqualTo(challenge);
        now = now.plusMillis(1);
        assertThat(challengeThatCounts(challenge)).isNotEqualTo(challenge);

        String ofAnother = confirmations.question(grant()).orElseThrow().challenge();
        assertThat(challengeThatCounts(ofAnother)).isNotEqualTo(ofAnother);

        String next = question().challenge();
        assertThat(ConfirmationChallenge.read(next, found(), now, ConfirmationsTest::mac))
                .isPresent();
        verdict = SIGNED;
        confirm(answering(next));
        assertThat(ConfirmationChallenge.read(next, found(), now, ConfirmationsTest::mac))
                .isEmpty();
    }

    @Test
    void aChallengeThatNobodyGaveIsNone() {
        days(80);
        for (String made : List.of("", "no challenge", question().challenge() + "A", "A".repeat(43))) {
            assertThat(challengeThatCounts(made)).isNotEqualTo(made);
        }
        String given = question().challenge();
        String later = "B" + given.substring(1);
        assertThat(challengeThatCounts(later)).isNotEqualTo(later);
    }

    @Test
    void nobodyIsAskedToConfirmWhatHasEnded() {
        assertThat(confirmations.question(found())).isPresent();
        consents.withdraw(ALICE, consent.id(), Actor.CUSTOMER);

        assertThat(confirmations.question(found())).isEmpty();
        assertThat(confirmUnsigned()).isInstanceOf(ConfirmResult.Over.class);
        assertThat(confirmations.confirm(
                        new Customer("bank", "bob"), consent.id(), APP, Optional.empty(), shown -> Optional.empty()))
                .isInstanceOf(ConfirmResult.NotFound.class);
    }

    @Test
    void aPasskeySignsWhichConsentGoesOnWithWhat() {
        assertThat(Confirmations.covered(consent, "challenge", "hash"))
                .isEqualTo(("{\"chl\":\"challenge\",\"confirm\":\"%s\",\"dsp\":\"hash\","
                                + "\"permissions\":[\"balances\",\"transactions\"]}")
                        .formatted(consent.id()));
    }
}
