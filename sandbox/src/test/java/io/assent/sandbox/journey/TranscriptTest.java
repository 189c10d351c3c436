package io.assent.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void secretsAreHidden() {
        transcript.sent("POST", "/token", Map.of("client_secret", "s3cr3t", "password", "pa55", "pushToken", "pu5h"));

        assertThat(text()).contains("client_secret").doesNotContain("s3cr3t", "pa55", "pu5h");
    }

    @Test
    void tokensAreAbbreviated() throws IOException {
        transcript.received(
                200,
                new ObjectMapper().readTree("{\"access_token\":\"eyJhbGciOiJSUzI1NiJ9.payload\",\"scope\":\"openid\"}"),
                Set.of("/access_token", "/scope"));

        assertThat(text()).contains("200", "eyJhbGci…", "scope = openid").doesNotContain("payload");
    }

    @Test
    void whatIsNotAskedForIsNotShown() throws IOException {
        transcript.received(200, new ObjectMapper().readTree("{\"other\":\"x\"}"), Set.of("/scope"));

        assertThat(text()).doesNotContain("other", "scope");
    }

    @Test
    void aFailureNamesItsStep() {
        transcript.step("First");
        transcript.step("Second");
        transcript.failure("no push arrived");

        assertThat(text()).contains("Failed in step 2, \"Second\": no push arrived");
    }

    @Test
    void linksAreAbbreviated() {
        transcript.sent("POST", "/realms/bank/consent/v1/links/AbCdEfGhIjKlMnOpQrStUv", Map.of());

        assertThat(text()).contains("/links/AbCd…").doesNotContain("EfGh");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
