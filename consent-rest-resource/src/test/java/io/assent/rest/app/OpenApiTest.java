package io.assent.rest.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.rest.JsonBody;
import io.assent.rest.TextRule;
import io.assent.rest.tpp.GrantsResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document says what the code does; what the code answers is checked against it by the integration tests. */
class OpenApiTest {

    private final JsonNode document = read();

    private static JsonNode read() {
        try (InputStream in = ConsentResource.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyOperationIsDescribedAndEveryDescribedOneExists() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method + " " + path.getKey());
                    }
                }));

        assertThat(described).isEqualTo(operations(ConsentResource.class, ""));
    }

    @Test
    void everyQueryParameterIsDescribedAndEveryDescribedOneExists() throws ReflectiveOperationException {
        Method list = Arrays.stream(RequestsResource.class.getMethods())
                .filter(method -> method.getName().equals("list"))
                .findFirst()
                .orElseThrow();
        Set<String> read = new TreeSet<>();
        for (Annotation[] annotations : list.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof QueryParam query) {
                    read.add(query.value());
                }
            }
        }
        Set<String> described = new TreeSet<>();
        document.at("/paths/~1requests/get/parameters").forEach(entry -> {
            JsonNode parameter = entry.has("$ref")
                    ? document.at(entry.get("$ref").textValue().substring(1))
                    : entry;
            if (parameter.get("in").textValue().equals("query")) {
                described.add(parameter.get("name").textValue());
            }
        });

        assertThat(described).isEqualTo(read);
    }

    /** Whoever reads the body: see {@code OpenBodies} and {@code JsonBody}. */
    @Test
    void aBodyThatIsSlowTooLongOrOneTooManyIsDescribedWhereverThereIsOne() {
        assertThat(operations(operation -> operation.has("requestBody"))).hasSizeGreaterThan(5);
        assertThat(operations(operation -> operation.has("requestBody") && !describes(operation, "408", "413", "429")))
                .isEmpty();
    }

    /** To take back is never one call too many. */
    @Test
    void eachCustomersCallIsCountedButForTheEnds() {
        assertThat(operations(operation -> !operation.has("security") && !describes(operation, "429")))
                .containsExactlyInAnyOrder("delete /consents/{id}", "delete /partners/{id}");
    }

    private static boolean describes(JsonNode operation, String... statuses) {
        return Stream.of(statuses).allMatch(operation.get("responses")::has);
    }

    private List<String> operations(Predicate<JsonNode> which) {
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation ->
                                !operation.getKey().equals("parameters") && which.test(operation.getValue()))
                        .map(operation -> operation.getKey() + " " + path.getKey()))
                .toList();
    }

    @Test
    void theLimitsOfTextsAreTheDocumentsOwn() {
        assertRule("/components/schemas/DeviceRegistration/properties/platform", TextRule.PLATFORM);
        assertRule("/components/schemas/DeviceRegistration/properties/pushToken", TextRule.PUSH_TOKEN);
        assertRule("/components/schemas/DeviceRegistration/properties/label", TextRule.LABEL);
        assertRule("/components/schemas/DeviceRegistration/properties/locale", TextRule.LOCALE);
        assertRule("/components/schemas/Decision/properties/grantedScopes/items", TextRule.SCOPE);
        assertThat(document.at("/components/schemas/Decision/properties/grantedScopes/maxItems")
                        .intValue())
                .isEqualTo(JsonBody.MAX_SCOPES);
    }

    /** The server matches paths by regular expressions, and two of those take a time that grows with the square. */
    @Test
    void noPartOfAPathTakesASlash() {
        for (Class<?> resource : List.of(
                ConsentResource.class,
                ConsentsResource.class,
                RequestsResource.class,
                DevicesResource.class,
                GrantsResource.class)) {
            for (Method method : resource.getDeclaredMethods()) {
                Path path = method.getAnnotation(Path.class);
                assertThat(path == null ? "" : path.value())
                        .as("%s of %s", method.getName(), resource)
                        .doesNotContain(":");
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValuesAsText("$ref").forEach(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private void assertRule(String pointer, TextRule rule) {
        JsonNode schema = document.at(pointer);
        assertThat(schema.get("maxLength").intValue()).as(pointer).isEqualTo(rule.maxLength());
        assertThat(schema.get("pattern").textValue()).as(pointer).isEqualTo(rule.jsonSchemaPattern());
    }

    /** Follows sub-resource locators, as JAX-RS does. */
    private static Set<String> operations(Class<?> resource, String prefix) {
        Set<String> found = new TreeSet<>();
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String here = prefix + (path == null ? "" : "/" + path.value());
            Stream.of(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .forEach(verb ->
                            found.add(verb.value().toLowerCase(Locale.ROOT) + " " + here.replaceFirst("^/v1", "")));
            if (path != null
                    && method.getReturnType().getName().startsWith("io.assent.")
                    && found.stream().noneMatch(o -> o.endsWith(" " + here))) {
                found.addAll(operations(method.getReturnType(), here));
            }
        }
        return found;
    }
}
