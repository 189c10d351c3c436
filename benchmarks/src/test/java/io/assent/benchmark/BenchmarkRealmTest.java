package io.assent.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkRealmTest {

    private static final Path SHIPPED = Path.of("..", "realm-config", "bank-realm.json");

    /** The stock sides would not start. */
    @Test
    void namesNoProviderThatOnlyThePackHas() throws Exception {
        JsonNode realm = new ObjectMapper().readTree(BenchmarkRealm.json(SHIPPED, 1));

        assertThat(ofThePack(realm)).isEmpty();
        assertThat(ofThePack(new ObjectMapper().readTree(SHIPPED.toFile())))
                .as("the file that it is made from")
                .isNotEmpty();
    }

    private static List<String> ofThePack(JsonNode realm) {
        return List.of("providerId", "executor", "loginTheme", "accountTheme").stream()
                .flatMap(name -> realm.findValuesAsText(name).stream())
                .filter(value -> value.matches("consent-.*|partner-.*|permissions"))
                .toList();
    }
}
