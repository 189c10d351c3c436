package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.sandbox.bank.BankEvent;
import io.assent.sandbox.bank.BankEventForm;
import io.assent.sandbox.bank.BankEvents;
import io.assent.sandbox.client.MadeClients;
import io.assent.sandbox.customer.CustomersWanted;
import io.assent.sandbox.customer.MadeCustomers;
import io.assent.sandbox.stream.Streams;
import io.assent.sandbox.unattended.Script;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sandbox's document is true. */
class SandboxOpenApiTest {

    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final JsonNode document = read();

    @Test
    void everyCallIsDescribedAndNoOther() {
        Set<String> called = Arrays.stream(SandboxResource.class.getMethods())
                .filter(method -> method.isAnnotationPresent(POST.class))
                .map(method -> "/" + method.getAnnotation(Path.class).value())
                .collect(Collectors.toSet());
        Set<String> described = new TreeSet<>();
        document.get("paths").fieldNames().forEachRemaining(described::add);

        assertThat(described).isEqualTo(called);
        assertThat(document.get("paths")).allSatisfy(path -> assertThat(path).hasSize(1));
    }

    @Test
    void theExamplesAreTaken() {
        assertThat(CustomersWanted.read(form("/customers"))).isInstanceOf(CustomersWanted.Reading.Sound.class);
        assertThat(DecisionForm.read(new MultivaluedHashMap<>(), form("/decisions")))
                .isInstanceOf(DecisionForm.Reading.Sound.class);
        assertThat(BankEventForm.read(form("/events"))).isInstanceOf(BankEventForm.Reading.Sound.class);
        String script = form("/script").getFirst("script");
        assertThat(Script.read(script)).isInstanceOf(Script.Reading.Sound.class);
        assertThat(Script.read(document.at("/paths/~1script/post/responses/200/content/application~1json/example")
                        .toString()))
                .isEqualTo(Script.read(script));
    }

    @Test
    void theBoundsAreThoseOfTheCode() {
        JsonNode wanted = document.at("/components/schemas/CustomersWanted/properties");
        int seeds = wanted.at("/seed/maximum").intValue();
        assertThat(wanted.at("/count/maximum").intValue()).isEqualTo(CustomersWanted.MAX_COUNT);
        assertThat(CustomersWanted.read(customers("seed", String.valueOf(seeds))))
                .isInstanceOf(CustomersWanted.Reading.Sound.class);
        assertThat(CustomersWanted.read(customers("seed", String.valueOf(seeds + 1))))
                .isInstanceOf(CustomersWanted.Reading.Malformed.class);
        List<String> kinds = new ObjectMapper().convertValue(wanted.at("/kind/enum"), STRINGS);
        assertThat(kinds).hasSize(7).allSatisfy(kind -> assertThat(
                        CustomersWanted.read(customers("seed", "1", "kind", kind)))
                .isInstanceOf(CustomersWanted.Reading.Sound.class));
        assertThat(document.at("/paths/~1script/post/requestBody/content/application~1x-www-form-urlencoded/schema"
                                + "/properties/script/maxLength")
                        .intValue())
                .isEqualTo(Script.MAX_LENGTH);
        for (String field : List.of("auth_req_id", "scope", "accounts")) {
            assertThat(document.at("/components/schemas/Decision/properties/" + field + "/maxLength")
                            .intValue())
                    .isEqualTo(DecisionForm.MAX_LENGTH);
        }
        for (String schema : List.of("BankEventWanted", "BankEvent")) {
            List<String> words = new ObjectMapper()
                    .convertValue(document.at("/components/schemas/" + schema + "/properties/kind/enum"), STRINGS);
            assertThat(words).isEqualTo(BankEvent.Kind.words());
        }
        assertThat(document.toString())
                .contains(
                        "makes " + MadeCustomers.MOST + " customers",
                        "keeps " + BankEvents.MOST + " events",
                        "forgets " + StartOver.MOST + " of each",
                        "makes " + MadeClients.MOST + " clients",
                        "serves " + Streams.MAX_OPEN + " open pages");
    }

    private MultivaluedMap<String, String> form(String path) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        document.at("/paths/" + path.replace("/", "~1")
                        + "/post/requestBody/content/application~1x-www-form-urlencoded/example")
                .properties()
                .forEach(
                        field -> form.putSingle(field.getKey(), field.getValue().asText()));
        return form;
    }

    private static MultivaluedMap<String, String> customers(String... fields) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        for (int field = 0; field < fields.length; field += 2) {
            form.putSingle(fields[field], fields[field + 1]);
        }
        return form;
    }

    private static JsonNode read() {
        try (InputStream document = SandboxResource.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
