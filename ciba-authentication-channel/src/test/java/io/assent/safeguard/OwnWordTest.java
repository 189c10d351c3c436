package io.assent.safeguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordTest {

    private static final Set<String> OF_THE_BANK = Set.of(
            "assent.login-hint-token.issuer",
            "assent.login-hint-token.jwks-url",
            "assent.switched-off-by",
            "assent.switched-on-at",
            "authorization_details_types",
            "consent.legal-entity");

    /** Shown as the client's own, told only what is its own, or of the sandbox alone. */
    private static final Set<String> OF_THE_CLIENT = Set.of(
            "ClientModel.LOGO_URI",
            "ClientModel.POLICY_URI",
            "ClientModel.TOS_URI",
            "consent.security-event-url",
            "sandbox.client",
            "sandbox.script");

    private static final Pattern READ =
            Pattern.compile("\\b(?:client|found)\\s*\\.getAttribute\\(((?:\\w+\\.)?[A-Z_]+)\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assent.login-hint-token.issuer",
                "assent.login-hint-token.jwks-url",
                "assent.switched-off-by",
                "assent.switched-on-at",
                "authorization_details_types",
                "consent.legal-entity",
                "consent.some-setting-to-come",
                "assent.another",
                "Consent.Legal-Entity",
                "ASSENT.switched-off-by",
                "CONSENT.security-event-url",
                "AUTHORIZATION_DETAILS_TYPES"
            })
    void whatIsTheBanksTheClientNeitherSetsNorChangesNorRemoves(String attribute) {
        assertThat(wants(attribute, "acme", null)).contains(attribute);
        assertThat(wants(attribute, "acme", "other")).contains(attribute);
        assertThat(wants(attribute, "", "acme")).contains(attribute);
        assertThat(wants(attribute, null, "acme")).contains(attribute);
    }

    @Test
    void whatItReadsOfItselfItMaySendBack() {
        assertThat(wants("consent.legal-entity", "Acme plc", "Acme plc")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consent.security-event-url", "consent.screen.text", "logoUri", "consentful"})
    void whatIsItsOwnItSets(String attribute) {
        assertThat(wants(attribute, "https://acme.example", null)).isEmpty();
    }

    @Test
    void ofALongNameTheBeginningIsSaid() {
        assertThat(wants("consent." + "x".repeat(1_000), "1", null).orElseThrow())
                .hasSize(100);
    }

    @Test
    void eachAttributeOfAClientThatThePackReadsIsOneOfThese() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.find(
                Path.of(".."),
                20,
                (path, file) -> path.toString().contains("/src/main/java/")
                        && path.toString().endsWith(".java")
                        && !path.toString().contains("/node_modules/"))) {
            sources.map(OwnWordTest::text).forEach(source -> addRead(source, read));
        }

        Set<String> known = new TreeSet<>(OF_THE_BANK);
        known.addAll(OF_THE_CLIENT);
        assertThat(read).isEqualTo(known);
        OF_THE_BANK.forEach(attribute ->
                assertThat(wants(attribute, "acme", null)).as(attribute).isPresent());
    }

    private static void addRead(String source, Set<String> read) {
        Matcher calls = READ.matcher(source);
        while (calls.find()) {
            String name = calls.group(1);
            Matcher constant = Pattern.compile("\\bString " + Pattern.quote(name) + " = \"([^\"]+)\"")
                    .matcher(source);
            read.add(constant.find() ? constant.group(1) : name);
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> wants(String attribute, String value, String current) {
        return OwnWord.given(
                Collections.singletonMap(attribute, value), name -> name.equals(attribute) ? current : null);
    }
}
