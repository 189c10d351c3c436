package io.assent.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/** What the verifier says of evidence. */
final class Verified {

    static Verdict verify(byte[] bytes) {
        return new Verification(Optional.empty()).of(bytes);
    }

    /** The lines of what holds. */
    static List<String> report(ObjectNode document) {
        Verdict verdict = verify(Made.sealed(document));
        assertThat(verdict).as(verdict.toString()).isInstanceOf(Verdict.Holds.class);
        return ((Verdict.Holds) verdict).report();
    }

    /** What does not hold. */
    static String flaw(ObjectNode document) {
        return flaw(verify(Made.sealed(document)));
    }

    static String flaw(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Flawed.class);
        return ((Verdict.Flawed) verdict).what();
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    private Verified() {}
}
