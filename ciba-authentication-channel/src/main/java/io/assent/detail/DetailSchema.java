package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A JSON Schema (draft 2020-12), read once. */
final class DetailSchema {

    /** A schema that refers to anything else is a mistake: nothing is fetched, from a network or from files. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaLoader(loader -> loader.allow(DetailSchema::isOfTheStandard)));

    /** Of these the name of the field is the client's own text. */
    private static final Set<String> OTHER_FIELD =
            Set.of("additionalProperties", "unevaluatedProperties", "propertyNames");

    private static final Pattern SPEAKABLE = Pattern.compile("/[A-Za-z0-9_./$-]{1,127}");

    private static final Map<String, DetailSchema> READ = new ConcurrentHashMap<>();

    private final Schema schema;

    private DetailSchema(Schema schema) {
        this.schema = schema;
    }

    /** @param text a type's own; there are as many as types */
    static DetailSchema of(String text) {
        return READ.computeIfAbsent(text, unread -> new DetailSchema(REGISTRY.getSchema(unread)));
    }

    private static boolean isOfTheStandard(AbsoluteIri iri) {
        return iri.toString().startsWith("https://json-schema.org/draft/2020-12/")
                || iri.toString().startsWith("classpath:draft/2020-12/");
    }

    /**
     * Which field is wrong, and how: nothing that a client wrote, not even what it called a field, which is somebody's
     * data.
     */
    Optional<String> flaw(JsonNode detail) {
        return schema.validate(detail).stream().findFirst().map(DetailSchema::words);
    }

    private static String words(Error error) {
        String place = error.getInstanceLocation().toString();
        String field = OTHER_FIELD.contains(error.getKeyword()) ? null : error.getProperty();
        return "%s %s"
                .formatted(
                        named(field == null ? place : place + "/" + field),
                        new BrokenRule(error.getKeyword(), error.getSchemaNode()).inWords());
    }

    /** As the types themselves name a field: {@code accounts[0].id} for {@code /accounts/0/id} (RFC 6901). */
    private static String named(String place) {
        return SPEAKABLE.matcher(place).matches()
                ? place.substring(1).replaceAll("/([0-9]+)(?=/|$)", "[$1]").replace('/', '.')
                : "the detail";
    }
}
