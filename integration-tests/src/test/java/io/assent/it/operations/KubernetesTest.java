package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.OpenApi;
import io.assent.testing.http.Http;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What is to be applied to a cluster is what Kubernetes and the Keycloak Operator understand: each file is read into
 * types that take no field that they do not have.
 */
class KubernetesTest {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "k8s.keycloak.org/v2beta1 Keycloak", OperatedKeycloak.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

    /** The labels that the operator gives to the pods of the server (its {@code Constants}). */
    private static final Map<String, String> POD = Map.of(
            "app", "keycloak",
            "app.kubernetes.io/managed-by", "keycloak-operator",
            "app.kubernetes.io/instance", "assent",
            "app.kubernetes.io/component", "server");

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                /** By which these types keep what they do not know. */
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void eachObjectIsOneThatItsOwnTypesUnderstand() throws JsonProcessingException {
        assertThat(Manifests.all()).hasSize(TYPES.size());
        for (JsonNode object : Manifests.all()) {
            assertThat(read(object)).isNotNull();
        }
    }

    /**
     * The operator's definition is in no registry of this build: {@code -Dassent.keycloak.crd=FILE} names one, as it is
     * installed in a cluster (YAML), or as a JSON Schema.
     */
    @Test
    void theOperatorsOwnDefinitionTakesIt() throws IOException {
        String file = System.getProperty("assent.keycloak.crd");
        assumeTrue(file != null, "Skipped: -Dassent.keycloak.crd names no definition");
        JsonNode definition = Manifests.read(Path.of(file)).get(0);
        JsonNode keycloak = Manifests.only("Keycloak");
        String version = keycloak.path("apiVersion").asText().replaceFirst(".*/", "");
        JsonNode schema = StreamSupport.stream(definition.at("/spec/versions").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(version))
                .map(one -> one.at("/schema/openAPIV3Schema"))
                .findFirst()
                .orElse(definition);

        // what all objects have is no part of it
        assertThat(new OpenApi(Http.object().<ObjectNode>set("components", Http.object()))
                        .errors(schema.at("/properties/spec"), keycloak.get("spec")))
                .isEmpty();
    }

    /** That the test would find it. */
    @Test
    void aFieldThatDoesNotExistIsFound() {
        for (JsonNode object : Manifests.all()) {
            ObjectNode wrong = object.deepCopy();
            wrong.withObject("/spec").put("instancez", 3);
            assertThatThrownBy(() -> read(wrong)).isInstanceOf(UnrecognizedPropertyException.class);
        }
        ObjectNode deep = Manifests.only("Keycloak").deepCopy();
        ((ObjectNode) deep.at("/spec/unsupported/podTemplate/spec/containers/0/securityContext")).put("readOnly", true);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void eachOptionOfThePackIsOneThatIsDescribed() throws IOException {
        StringBuilder described = new StringBuilder();
        for (String page : List.of("operations", "push-fcm", "push-sns")) {
            described.append(Files.readString(Path.of("../docs/" + page + ".md")));
        }
        List<String> ours = Manifests.options().stream()
                .map(option -> option.get("name").asText())
                .filter(name -> name.startsWith("spi-"))
                .toList();

        assertThat(ours).isNotEmpty().allSatisfy(name -> {
            String family = name.substring(0, name.lastIndexOf("--") + 2);
            String last = name.substring(name.lastIndexOf("--") + 2);
            assertThat(described).containsAnyOf("`--" + name + "`", "`--" + family + "…`");
            assertThat(described).containsAnyOf("`--" + name + "`", "| `" + last + "`");
        });
    }

    @Test
    void noSecretIsInAFile() {
        assertThat(Manifests.all())
                .noneMatch(object -> object.path("kind").asText().equals("Secret"));
        assertThat(Manifests.options())
                .filteredOn(option -> option.get("name").asText().matches(".*(password|secret|token|address)$"))
                .allSatisfy(option -> assertThat(option.has("secret")).isTrue());
    }

    @Test
    void whatIsSelectedAreTheServersPods() {
        JsonNode budget = Manifests.only("PodDisruptionBudget").at("/spec/selector/matchLabels");
        JsonNode policy = Manifests.only("NetworkPolicy").at("/spec/podSelector/matchLabels");
        JsonNode spread =
                Manifests.only("Keycloak").at("/spec/scheduling/topologySpreadConstraints/0/labelSelector/matchLabels");

        assertThat(Manifests.only("Keycloak").at("/metadata/name").asText())
                .isEqualTo(POD.get("app.kubernetes.io/instance"));
        for (JsonNode labels : List.of(budget, policy, spread)) {
            assertThat(labels.properties())
                    .isNotEmpty()
                    .allSatisfy(label -> assertThat(label.getValue().asText()).isEqualTo(POD.get(label.getKey())));
            assertThat(labels.has("app.kubernetes.io/instance")).isTrue();
        }
    }

    @Test
    void whatIsMountedIsThere() {
        JsonNode pod = Manifests.only("Keycloak").at("/spec/unsupported/podTemplate/spec");
        Set<String> mounts = paths(pod.at("/containers/0/volumeMounts"), "mountPath");

        assertThat(paths(pod.at("/volumes"), "name")).isEqualTo(paths(pod.at("/containers/0/volumeMounts"), "name"));
        assertThat(mounts).contains("/tmp", "/opt/keycloak/data");
        assertThat(files()).isNotEmpty().allSatisfy(file -> assertThat(mounts)
                .anyMatch(path -> file.startsWith(path + "/")));
    }

    private static Stream<String> files() {
        return Manifests.options().stream()
                .map(option -> option.path("value").asText())
                .filter(value -> value.startsWith("/"));
    }

    private static Set<String> paths(JsonNode list, String member) {
        return list.findValuesAsText(member).stream().collect(Collectors.toSet());
    }

    private static Object read(JsonNode object) throws JsonProcessingException {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        assertThat(TYPES).containsKey(kind);
        return STRICT.treeToValue(object, TYPES.get(kind));
    }
}
