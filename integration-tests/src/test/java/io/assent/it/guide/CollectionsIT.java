package io.assent.it.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.it.guide.CallCollection.Call;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What developers open in their own tools calls what is there. */
class CollectionsIT {

    private static final Path DOCS = Path.of("../docs");
    private static final Path APIS = Path.of("../consent-rest-resource/src/main/resources/io/assent/rest");
    private static final String APP = "{{realm}}/consent/v1";
    private static final String SANDBOX = "{{realm}}/sandbox/";
    private static final String STAFF = "{{admin}}";
    private static final String DISCOVERY = "{{realm}}/.well-known/openid-configuration";
    private static final String MASTER = "{{host}}/realms/master";

    private static CallCollection http;
    private static CallCollection bruno;

    private final Realm bank = Servers.bank();

    @BeforeAll
    static void read() throws IOException {
        http = CallCollection.ofHttp(DOCS.resolve("http/assent.http"));
        bruno = CallCollection.ofBruno(DOCS.resolve("http/bruno"));
    }

    @Test
    void bothHaveTheSameCalls() {
        assertThat(bruno.calls()).isNotEmpty().containsExactlyInAnyOrderElementsOf(http.calls());
    }

    @Test
    void everyVariableHasAValueAndIsUsed() {
        assertThat(http.set()).isEqualTo(http.used());
        assertThat(bruno.set()).isEqualTo(bruno.used());
    }

    @Test
    void everyCallOfAnApiIsInItsDocumentWithItsParameters() throws IOException {
        for (Map.Entry<String, String> api : Map.of(APP, "app", STAFF, "admin").entrySet()) {
            JsonNode document = Http.JSON.readTree(
                    APIS.resolve(api.getValue() + "/openapi.json").toFile());
            assertThat(http.calls())
                    .filteredOn(call -> call.address().startsWith(api.getKey()))
                    .isNotEmpty()
                    .allSatisfy(call -> assertDescribed(
                            call, call.address().substring(api.getKey().length()), document));
        }
    }

    @Test
    void everyOtherCallIsInTheDiscoveryDocumentOrInTheGuide() throws IOException {
        JsonNode discovery = Http.send(Http.request(bank.uri("/.well-known/openid-configuration")))
                .ok();
        Set<String> endpoints = new HashSet<>();
        discovery.forEach(value -> endpoints.add(value.asText()));
        String guide = unnamed(Files.readString(DOCS.resolve("tpp-developer.md")));

        assertThat(http.calls())
                .filteredOn(call ->
                        !call.address().startsWith(APP) && !call.address().startsWith(STAFF))
                .isNotEmpty()
                .allSatisfy(call -> {
                    String address = call.address();
                    if (address.startsWith(SANDBOX)) {
                        assertThat(guide).contains(unnamed("$REALM" + address.substring("{{realm}}".length())) + " ");
                    } else if (address.equals(DISCOVERY)) {
                        assertThat(call.method()).isEqualTo("GET");
                    } else {
                        assertThat(call.method()).isEqualTo("POST");
                        assertThat(endpoints)
                                .contains(address.replace(MASTER, "{{realm}}")
                                        .replace("{{realm}}", bank.uri("").toString()));
                    }
                });
    }

    private static void assertDescribed(Call call, String path, JsonNode document) {
        JsonNode item = document.at("/paths").properties().stream()
                .filter(described -> path.matches(described.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                // a path without parameters comes first (OpenAPI 3.1, section 4.8.8.2)
                .min((one, other) -> Boolean.compare(
                        one.getKey().contains("{"), other.getKey().contains("{")))
                .orElseThrow(() -> new AssertionError("no path " + path))
                .getValue();
        JsonNode operation = item.path(call.method().toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as("%s %s", call.method(), path).isTrue();
        Set<String> parameters = new HashSet<>();
        for (JsonNode source : new JsonNode[] {item, operation}) {
            StreamSupport.stream(source.path("parameters").spliterator(), false)
                    .map(parameter -> parameter.has("$ref")
                            ? document.at(parameter.get("$ref").asText().substring(1))
                            : parameter)
                    .filter(parameter -> parameter.path("in").asText().equals("query"))
                    .forEach(parameter -> parameters.add(parameter.get("name").asText()));
        }
        assertThat(parameters).as("%s %s", call.method(), path).containsAll(call.queryParameters());
    }

    /** With the same name for each variable but the realm, however it is written. */
    private static String unnamed(String text) {
        return text.replaceAll("\\{\\{(?!realm)\\w+}}|\\$(?!REALM)[A-Z_]+", "*");
    }
}
