package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A JSON Schema (draft 2020-12), read once. */
final class DetailSchema {

    private static final Map<String, DetailSchema> READ = new ConcurrentHashMap<>();

    private final Schema schema;

    private DetailSchema(Schema schema) {
        this.schema = schema;
    }

    /** @param text a type's own; there are as many as types */
    static DetailSchema of(String text) {
        return READ.computeIfAbsent(
                text,
                unread -> new DetailSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(unread)));
    }

    /** The name of the field and of the rule that it breaks: never a value, which is somebody's data. */
    Optional<String> flaw(JsonNode detail) {
        return schema.validate(detail).stream().findFirst().map(DetailSchema::words);
    }

    private static String words(Error error) {
        String place = error.getInstanceLocation().toString();
        String field = error.getProperty();
        return "%s breaks the rule '%s'".formatted(field == null ? place : place + "/" + field, error.getKeyword());
    }
}
