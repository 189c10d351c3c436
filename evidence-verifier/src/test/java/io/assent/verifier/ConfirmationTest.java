package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer's yes again to a consent, which was signed. */
class ConfirmationTest {

    private static final String SIGNED = "/consent/history/1/signed";

    @Test
    void thatAPhoneSignedIsProved() {
        assertThat(report(Made.confirmedByPhone()))
                .anyMatch(line -> line.startsWith("Confirmed     at 2026-11-27T09:00:41.207Z, for payments"))
                .anyMatch(line -> line.contains("of the device " + Made.DEVICE));
    }

    @Test
    void thatAPasskeySignedIsProved() {
        assertThat(report(Made.confirmedByPasskey(covered -> {})))
                .anyMatch(line -> line.startsWith("Confirmed     at"))
                .anyMatch(line -> line.startsWith("Signed        by the passkey"));
    }

    @Test
    void thatNobodySignedIsALineOfTheHistory() {
        ObjectNode unsigned = Made.with(Made.confirmedByPhone(), "/consent/history/1", "signed", NullNode.instance);

        assertThat(report(unsigned))
                .anyMatch(line -> line.contains("confirmed by customer"))
                .noneMatch(line -> line.startsWith("Confirmed"));
    }

    @ParameterizedTest
    @CsvSource({
        "dec, approve, decision",
        "req, 6f1c8d3e-2c67-4a55-8f0a-4f8f5c1a9b21, request",
        "aud, https://login.other.example, audience",
        "sub, somebody, subject",
        "chl, another, challenge",
        "dsp, another, other content",
    })
    void signsThisConsentForThisCustomer(String claim, String value, String flaw) {
        assertThat(flaw(Made.confirmedByPhone(claims -> claims.put(claim, value))))
                .startsWith("Of the confirmation at 2026-11-27T09:00:41.207Z: ")
                .contains(flaw);
    }

    @Test
    void isOverWhatTheConsentGrants() {
        assertThat(flaw(Made.confirmedByPhone(claims -> ((ObjectNode) claims.get("grt")).putArray("scopes"))))
                .contains("grant");
        assertThat(flaw(Made.confirmedByPasskey(covered -> covered.putArray("permissions"))))
                .contains("other permissions");
        assertThat(flaw(Made.confirmedByPasskey(covered -> covered.put("confirm", "another"))))
                .contains("another consent");
        assertThat(flaw(Made.confirmedByPasskey(covered -> covered.remove("confirm"))))
                .contains("not of its form");
    }

    @Test
    void wasSignedInTheTimeOfItsChallenge() {
        assertThat(flaw(Made.confirmedByPhone(claims -> claims.put("iat", 1795760000L))))
                .contains("time");
        assertThat(flaw(Made.confirmedByPhone(claims -> claims.put("exp", 1795780000L))))
                .contains("time");
    }

    @Test
    void hasTheWordsThatItsHashesName() {
        assertThat(flaw(Made.with(Made.confirmedByPhone(), SIGNED + "/shown", "language", TextNode.valueOf("fr"))))
                .contains("not the hash of the words");
    }

    @Test
    void isOfItsForm() {
        ObjectNode sound = Made.confirmedByPhone();
        for (String member : List.of("challenge", "askedAt", "expiresAt", "shown", "shownContent", "signature")) {
            assertThat(flaw(Made.with(sound, SIGNED, member, NullNode.instance)))
                    .contains("/signed/" + member);
        }
        assertThat(flaw(Made.with(sound, "/consent/history/1", "type", TextNode.valueOf("narrowed"))))
                .contains("/type");
    }
}
