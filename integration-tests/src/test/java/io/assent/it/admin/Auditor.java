package io.assent.it.admin;

import io.assent.testing.actor.Realm;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Somebody who has a file of evidence, the realm's public keys, and the verifier as it is built; and no server. */
public final class Auditor {

    private static final Path VERIFIER = Path.of(System.getProperty("assent.root", ".."), "evidence-verifier/target");

    private final Path files;

    public Auditor(Path files) {
        this.files = files;
    }

    /** What the verifier says of it, and how it ended. */
    Verified verify(String evidence, String... options) {
        try {
            Path file = Files.writeString(files.resolve("evidence.json"), evidence);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-jar",
                    jar().toString(),
                    file.toString()));
            command.addAll(List.of(options));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Verified(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The same, and whether this realm sealed it. */
    public Verified verify(String evidence, Realm realm) {
        String keys = Http.send(Http.request(realm.uri("/protocol/openid-connect/certs")))
                .body();
        try {
            return verify(
                    evidence,
                    "--jwks",
                    Files.writeString(files.resolve("jwks.json"), keys).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> jars = Files.list(VERIFIER)) {
            return jars.filter(jar -> jar.getFileName().toString().matches("evidence-verifier-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the verifier is not built"));
        }
    }

    /** @param said all of its output */
    public record Verified(int status, String said) {}
}
