package io.assent.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceVerifierTest {

    @TempDir
    private Path files;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return new EvidenceVerifier(stream(out), stream(err)).run(args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(files.resolve(name), content).toString();
    }

    private String keys(JWK... keys) throws IOException {
        return file("jwks.json", new JWKSet(List.of(keys)).toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatHoldsIsReportedLineByLine() throws IOException {
        int status = run(file("evidence.json", Made.sealed(Made.signedByPhone())), "--jwks", keys(Made.REALM));

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("The evidence holds.")
                .contains("Orbit Pay", "Betrag: 12,50 €");
        assertThat(err.size()).isZero();
    }

    @Test
    void whatDoesNotHoldIsSaidInOneLineAndNothingIsReported() throws IOException {
        int status = run(file("evidence.json", Made.sealed(Made.payment())), "--jwks", keys(Made.REALM_EC));

        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("The evidence does NOT hold: ")
                .hasLineCount(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void aFileThatIsNotThereOrTooLargeIsUnreadable() throws IOException {
        String evidence = file("evidence.json", Made.sealed(Made.payment()));

        assertThat(run(files.resolve("none").toString())).isEqualTo(2);
        assertThat(run(files.toString())).isEqualTo(2);
        assertThat(run(file("large", new byte[SmallFile.MOST_BYTES + 1]))).isEqualTo(2);
        assertThat(run(evidence, "--jwks", files.resolve("none").toString())).isEqualTo(2);
        assertThat(run(evidence, "--jwks", file("no-keys", "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a --jwks", "a --other b", "a --jwks b --jwks c", "--issuer x"})
    void aCallThatIsNoneGetsTheUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage");
    }

    @Test
    void issuersAndOriginsCanBeSeveral() throws IOException {
        String moved = file(
                "moved.json",
                Made.sealed(Made.with(
                        Made.signedByPhone(), "", "issuer", TextNode.valueOf("https://new.example/realms/bank"))));

        assertThat(run(moved)).isEqualTo(1);
        assertThat(run(
                        moved,
                        "--issuer",
                        "https://old.example",
                        "--issuer",
                        Made.ISSUER,
                        "--origin",
                        "a",
                        "--origin",
                        "b"))
                .isZero();
    }

    @Test
    void textOfOthersCannotForgeALineOfTheReport() throws IOException {
        byte[] sealed = Made.sealed(Made.with(
                Made.payment(),
                "/request/client",
                "name",
                TextNode.valueOf("Orbit\nSigned        by nobody\u001B[2J\u202E")));

        assertThat(run(file("evidence.json", sealed))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).noneMatch(line -> line.startsWith("Signed        by"));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\u001B", "\u202E");
    }
}
