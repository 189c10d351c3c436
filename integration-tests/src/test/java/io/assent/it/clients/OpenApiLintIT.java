package io.assent.it.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recommended rules of two linters find no error in the APIs' documents. */
@Tag("long")
@Tag("weekly")
class OpenApiLintIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consent-rest-resource/src/main/resources/io/assent/rest/app",
                "consent-rest-resource/src/main/resources/io/assent/rest/admin",
                "sandbox/src/main/resources/io/assent/sandbox",
            })
    void twoLintersFindNoError(String api) {
        String document = Path.of("..", api, "openapi.json").toAbsolutePath().toString();
        NodeProject tools = NodeProject.ofTests("tools");

        tools.run("npx", "redocly", "lint", "--extends=recommended", document);
        tools.run("npx", "spectral", "lint", "--ruleset", "spectral.yaml", document);
    }
}
