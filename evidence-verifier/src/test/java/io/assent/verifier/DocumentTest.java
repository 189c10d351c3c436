package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.text;
import static io.assent.verifier.Verified.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the document. Even what a key sealed is looked at: who sealed it may have sealed anything. */
class DocumentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1e400}",
                "{\"a\":1e999999999}",
                "{\"a\":9007199254740993}",
                "{\"a\":\"\\ud800\"}"
            })
    void whatIsNoEvidenceIsNone(String text) {
        assertThat(verify(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Flawed.class);
    }

    @Test
    void bytesThatAreNoTextAreNone() {
        assertThat(verify(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .isInstanceOf(Verdict.Flawed.class);
    }

    @Test
    void deepNestingEndsInAnAnswer() {
        assertThat(verify("[".repeat(500_000).getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Flawed.class);
        assertThat(verify(("{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Verdict.Flawed.class);
    }

    @Test
    void anotherFormatIsNotGuessedAt() {
        assertThat(flaw(Made.with(Made.payment(), "", "format", text("assent-evidence/2"))))
                .contains("format");
    }

    @ParameterizedTest
    @CsvSource({
        "'', issuer",
        "'', shown",
        "'', contentHash",
        "'', signature",
        "/request, customerId",
        "/request, challenge",
        "/request, askedAt",
        "/decision, decidedAt",
        "/decision, grantedScopes",
        "/consent, history",
        "/request, customerRemoved",
        "/request/client, id"
    })
    void whatIsMissingIsNamed(String parent, String name) {
        ObjectNode document = Made.payment();
        ((ObjectNode) document.at(parent)).remove(name);

        assertThat(flaw(document)).contains(name, "missing");
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        assertThat(flaw(Made.with(Made.payment(), "/decision", "decidedAt", text("yesterday"))))
                .contains("decidedAt");
    }
}
