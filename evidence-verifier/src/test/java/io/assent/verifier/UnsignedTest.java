package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** An answer that nobody signed. Even what a key sealed is looked at: who sealed it may have sealed anything. */
class UnsignedTest {

    @Test
    void theReportSaysSo() {
        assertThat(report(Made.payment())).anyMatch(line -> line.contains("NOT SIGNED"));
    }

    @Test
    void aDenialHoldsAndIsNotSigned() {
        ObjectNode denied = denied(Made.payment());

        assertThat(report(denied))
                .anyMatch(line -> line.contains("NOT SIGNED"))
                .anyMatch(line -> line.startsWith("Answer        deny"));
    }

    @Test
    void aDenialThatGrantsIsNone() {
        assertThat(flaw(Made.with(Made.payment(), "/decision", "decision", text("deny"))))
                .contains("denied");
    }

    @Test
    void nobodySignsADenial() {
        assertThat(flaw(denied(Made.signedByPhone()))).contains("approval");
    }

    private ObjectNode denied(ObjectNode document) {
        ObjectNode decision = (ObjectNode) document.get("decision");
        decision.put("decision", "deny").putArray("grantedScopes");
        decision.putArray("grantedDetails");
        return document;
    }
}
