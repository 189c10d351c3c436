package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.OpenApi;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the descriptions give as examples is what they describe, and nothing is without one. */
class OpenApiExamplesTest {

    private static final Path DESCRIPTIONS = Path.of("../consent-rest-resource/src/main/resources/io/assent/rest");

    @TestFactory
    Stream<DynamicTest> everyBodyHasExamplesThatItsSchemaAllows() {
        return descriptions().flatMap(description -> description.findParents("content").stream()
                .flatMap(holder -> holder.get("content").properties().stream())
                .map(content -> dynamicTest(content.getValue().get("schema").toString(), () -> {
                    OpenApi openApi = new OpenApi(description);
                    assertThat(content.getValue().path("examples")).isNotEmpty();
                    for (JsonNode entry : content.getValue().get("examples")) {
                        JsonNode example = openApi.resolve(entry).get("value");
                        assertThat(openApi.errors(content.getValue().get("schema"), example))
                                .as(example.toString())
                                .isEmpty();
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> everyParameterHasAnExampleThatItsSchemaAllows() {
        return descriptions().flatMap(description -> description.findParents("in").stream()
                .map(parameter -> dynamicTest(parameter.get("name").asText(), () -> {
                    assertThat(parameter.has("example")).isTrue();
                    assertThat(new OpenApi(description).errors(parameter.get("schema"), parameter.get("example")))
                            .isEmpty();
                })));
    }

    /** A field that is new must not break an app that does not know it. */
    @TestFactory
    Stream<DynamicTest> noAnswerForbidsNewFields() {
        List<String> bodies = List.of(
                "Decision",
                "DeviceAttestation",
                "DeviceKey",
                "DeviceProof",
                "DeviceRegistration",
                "RemainingPermissions",
                "End",
                "NewUserCode",
                "Wait",
                "Confirmation",
                "PasskeyAssertion",
                "SentDestination",
                "SentChanges",
                "SentChange",
                "SentTpp",
                "PartnerChoice");
        return descriptions()
                .flatMap(description -> description.at("/components/schemas").properties().stream())
                .map(schema -> dynamicTest(schema.getKey(), () -> assertThat(
                                schema.getValue().path("additionalProperties").asBoolean(true))
                        .isEqualTo(!bodies.contains(schema.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsExplained() {
        return descriptions()
                .flatMap(description -> description.findParents("operationId").stream())
                .map(operation -> dynamicTest(operation.get("operationId").asText(), () -> {
                    for (String part : List.of("summary", "description", "tags")) {
                        assertThat(operation.has(part)).as(part).isTrue();
                    }
                }));
    }

    private static Stream<JsonNode> descriptions() {
        return Stream.of("app", "admin")
                .map(api -> DESCRIPTIONS.resolve(api).resolve("openapi.json"))
                .map(OpenApiExamplesTest::read);
    }

    private static JsonNode read(Path file) {
        try {
            return Http.JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
