package io.assent.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SignedDecisionTest {

    @Test
    void itHashesWhatThePhoneShows() throws IOException {
        JsonNode vectors = new ObjectMapper()
                .readTree(Path.of("../samples/vectors/content.json").toFile());

        // control characters are for a library
        assertThat(vectors)
                .filteredOn(vector -> !vector.get("name").asText().equals("odd texts"))
                .hasSizeGreaterThan(5)
                .allSatisfy(vector -> {
                    SignedDecision decision = new SignedDecision("device", "token", vector.get("answer"));
                    assertThat(decision.contentHash())
                            .as(vector.get("name").asText())
                            .isEqualTo(vector.get("contentHash").asText());
                });
    }
}
