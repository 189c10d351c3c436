package io.assent.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.permission.change.ChangeRules;
import io.assent.permission.change.Kind;
import io.assent.registration.RegistrationFlaw;
import io.assent.rest.TextRule;
import io.assent.rest.admin.change.ChangesResource;
import io.assent.rest.admin.overview.BlockResource;
import io.assent.rest.admin.overview.DeliveryResource;
import io.assent.rest.admin.overview.RequestResource;
import io.assent.rest.admin.overview.TppResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document says what the code does; what the code answers is checked against it by the integration tests. */
class StaffOpenApiTest {

    private final JsonNode document = read();

    private static JsonNode read() {
        try (InputStream in = StaffResource.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyOperationIsDescribedAndEveryDescribedOneExists() {
        Set<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (!name.equals("parameters")) {
                    described.add(name + " " + path.getKey());
                }
            });
        }

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        operations(StaffResource.class, "/consents").toList());
    }

    /** Whoever reads the body: see {@code OpenBodies} and {@code JsonBody}. */
    @Test
    void aBodyThatIsSlowTooLongOrOneTooManyIsDescribedWhereverThereIsOne() {
        List<JsonNode> withBody = document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream())
                .map(Map.Entry::getValue)
                .filter(operation -> operation.has("requestBody"))
                .toList();

        assertThat(withBody).hasSizeGreaterThan(3).allSatisfy(operation -> assertThat(
                        operation.get("responses").fieldNames())
                .toIterable()
                .as(operation.get("operationId").textValue())
                .contains("408", "413", "429"));
    }

    /** Those of a resource, and of what its paths without a method lead to. */
    private static Stream<String> operations(Class<?> resource, String at) {
        return Stream.of(resource.getDeclaredMethods()).flatMap(method -> {
            Path path = method.getAnnotation(Path.class);
            String below = at + (path == null ? "" : "/" + path.value());
            List<HttpMethod> verbs = Stream.of(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .toList();
            if (verbs.isEmpty() && path != null) {
                return operations(method.getReturnType(), below);
            }
            return verbs.stream().map(verb -> verb.value().toLowerCase(Locale.ROOT) + " " + below);
        });
    }

    @Test
    void everyQueryParameterIsDescribedWithItsBounds() {
        Set<String> described = new TreeSet<>();
        document.at("/paths/~1consents/get/parameters")
                .forEach(parameter -> described.add(parameter.get("name").textValue()));

        assertThat(described).containsExactlyInAnyOrderElementsOf(StaffQuery.PARAMETERS);
        assertThat(parameters("/consents/requests")).containsExactlyInAnyOrderElementsOf(RequestResource.PARAMETERS);
        assertThat(parameters("/consents/deliveries")).containsExactlyInAnyOrderElementsOf(DeliveryResource.PARAMETERS);
        assertThat(parameters("/consents/clients")).containsExactlyInAnyOrderElementsOf(TppResource.PARAMETERS);
        assertThat(parameters("/consents/blocks")).containsExactlyInAnyOrderElementsOf(BlockResource.PARAMETERS);
        assertRule(parameter("customer"), TextRule.USER_ID);
        assertRule(parameter("client"), TextRule.CLIENT_ID);
        assertRule(parameter("grantedFrom"), TextRule.MOMENT);
        assertRule(parameter("grantedTo"), TextRule.MOMENT);
        assertRule(document.at("/components/schemas/End/properties/reason"), TextRule.REASON);
    }

    @Test
    void whatATppIsRegisteredByIsDescribedWithItsBounds() {
        JsonNode tpp = document.at("/components/schemas/SentTpp/properties");

        assertRule(tpp.get("clientId"), TextRule.NEW_CLIENT_ID);
        assertRule(tpp.get("name"), TextRule.LABEL);
        assertRule(tpp.get("notificationEndpoint"), TextRule.ADDRESS);
        assertRule(tpp.get("jwksUrl"), TextRule.ADDRESS);
        assertRule(tpp.at("/redirectUris/items"), TextRule.ADDRESS);
        assertRule(tpp.at("/permissions/items"), TextRule.SCOPE);
        assertThat(tpp.get("ciba").get("enum"))
                .filteredOn(JsonNode::isTextual)
                .allMatch(way -> TextRule.CIBA.allows(way.textValue()));
        assertThat(tpp.get("authentication").get("enum"))
                .allMatch(way -> TextRule.AUTHENTICATION.allows(way.textValue()));
        assertThat(document.at("/components/schemas/Problem/properties/flaw/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(Stream.of(RegistrationFlaw.values())
                        .map(RegistrationFlaw::word)
                        .toList());
    }

    @Test
    void whatPermissionsChangeByIsDescribedWithItsBounds() {
        JsonNode change = document.at("/components/schemas/SentChange/properties");

        assertRule(change.get("id"), new TextRule(36, ChangeRules.ID));
        assertRule(change.at("/from/items"), TextRule.SCOPE);
        assertRule(change.at("/to/items"), TextRule.SCOPE);
        assertThat(change.at("/change/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(
                        Stream.of(Kind.values()).map(Kind::word).toList());
        assertThat(change.at("/windowDays/minimum").intValue()).isEqualTo(ChangeRules.LEAST_DAYS);
        assertThat(change.at("/windowDays/maximum").intValue()).isEqualTo(ChangeRules.MOST_DAYS);
        assertThat(document.at("/components/schemas/SentChanges/properties/changes/maxItems")
                        .intValue())
                .isEqualTo(ChangeRules.MOST);
        assertThat(document.path("paths")
                        .path("/consents/permissions/changes/dry-run")
                        .at("/post/parameters")
                        .findValuesAsText("name"))
                .containsExactlyElementsOf(ChangesResource.DRY_RUN_PARAMETERS);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private List<String> parameters(String path) {
        return document.path("paths").path(path).path("get").path("parameters").findValuesAsText("name");
    }

    private JsonNode parameter(String name) {
        for (JsonNode parameter : document.at("/paths/~1consents/get/parameters")) {
            if (parameter.get("name").textValue().equals(name)) {
                return parameter.get("schema");
            }
        }
        throw new AssertionError(name);
    }

    private static void assertRule(JsonNode schema, TextRule rule) {
        assertThat(schema.get("maxLength").intValue()).isEqualTo(rule.maxLength());
        assertThat(schema.get("pattern").textValue()).isEqualTo(rule.jsonSchemaPattern());
    }
}
