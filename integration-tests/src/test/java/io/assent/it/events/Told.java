package io.assent.it.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What is asserted of events that came. */
final class Told {

    private static final Path DOCUMENTED = Path.of("../docs/events");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Each subject's events came in their order and without a gap, if each repeat is passed over. */
    static void assertContiguous(List<Sent> taken) {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (Sent sent : taken) {
            if (seen.add(sent.id())) {
                assertThat(sent.sequence())
                        .as("%s of %s", sent.type(), sent.subject())
                        .isEqualTo(last.getOrDefault(sent.subject(), 0) + 1);
                last.put(sent.subject(), sent.sequence());
            }
        }
    }

    static void assertAsDocumented(Sent sent) {
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.header("content-type")).startsWith("application/cloudevents+json");
        assertThat(sent.header("webhook-id")).isEqualTo(sent.id());
        assertThat(Instant.ofEpochSecond(Long.parseLong(sent.header("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(2));
        String type = sent.event().get("type").asText();
        String schema = read(type + ".schema.json");
        assertThat(SCHEMAS.getSchema(schema).validate(sent.body(), InputFormat.JSON))
                .as(sent.body())
                .isEmpty();
        sent.event().get("data").fieldNames().forEachRemaining(name -> assertThat(
                        parsed(schema).at("/properties/data/properties").has(name))
                .as("%s of %s is documented", name, type)
                .isTrue());
        assertThat(isSigned(EventBank.SECRET, sent)).as("signed").isTrue();
    }

    /** By the library that receivers use. */
    static boolean isSigned(String secret, Sent sent) {
        try {
            new Webhook(secret)
                    .verify(
                            sent.body(),
                            Map.of(
                                    "webhook-id", List.of(sent.header("webhook-id")),
                                    "webhook-timestamp", List.of(sent.header("webhook-timestamp")),
                                    "webhook-signature", List.of(sent.header("webhook-signature"))));
            return true;
        } catch (WebhookVerificationException notSigned) {
            return false;
        }
    }

    static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    private static JsonNode parsed(String json) {
        try {
            return Http.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(DOCUMENTED.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Told() {}
}
