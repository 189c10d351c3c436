package io.assent.permission.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/** How changes are written down where they are kept. */
public final class ChangeDocument {

    static String write(Changes changes) {
        ObjectNode document = JsonSerialization.createObjectNode();
        document.put("version", changes.version());
        ArrayNode all = document.putArray("changes");
        for (Change change : changes.all()) {
            ObjectNode one = all.addObject()
                    .put("id", change.id())
                    .put("change", change.kind().word())
                    .put("windowDays", change.windowDays())
                    .put("since", change.since().toString())
                    .put("undone", change.undone());
            if (change.silent()) {
                one.put("silent", true);
            }
            write(one, "from", change.from());
            write(one, "to", change.to());
        }
        return document.toString();
    }

    /** @return empty where it is not what {@link #write} wrote */
    static Optional<Changes> read(String text) {
        try {
            JsonNode document = parse(text);
            List<Change> all = new ArrayList<>();
            for (JsonNode one : document.path("changes")) {
                all.add(new Change(
                        text(one, "id"),
                        Kind.of(text(one, "change")).orElseThrow(() -> new IllegalArgumentException("change")),
                        scopes(one, "from"),
                        scopes(one, "to"),
                        one.path("windowDays").asInt(),
                        Instant.parse(text(one, "since")),
                        one.path("undone").asBoolean(),
                        one.path("silent").asBoolean()));
            }
            return document.path("version").isInt() && all.size() <= ChangeRules.MOST
                    ? Optional.of(new Changes(document.path("version").asInt(), all))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notWrittenByUs) {
            return Optional.empty();
        }
    }

    /** What changes did to a grant, for its history. */
    public static String write(List<Replacement> replaced) {
        ArrayNode all = JsonSerialization.mapper.createArrayNode();
        for (Replacement replacement : replaced) {
            ObjectNode one =
                    all.addObject().put("change", replacement.changeId()).put("undone", replacement.undone());
            write(one, "taken", replacement.taken());
            write(one, "given", replacement.given());
        }
        return all.toString();
    }

    /** @param text what {@link #write(List)} wrote, or {@code null} for nothing */
    public static List<Replacement> readReplaced(String text) {
        if (text == null) {
            return List.of();
        }
        List<Replacement> all = new ArrayList<>();
        for (JsonNode one : parse(text)) {
            all.add(new Replacement(
                    text(one, "change"),
                    scopes(one, "taken"),
                    scopes(one, "given"),
                    one.path("undone").asBoolean()));
        }
        return all;
    }

    private static JsonNode parse(String text) {
        try {
            return JsonSerialization.mapper.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not JSON", notJson);
        }
    }

    private static void write(ObjectNode to, String field, List<NamedScope> scopes) {
        ArrayNode all = to.putArray(field);
        scopes.forEach(scope -> all.addObject().put("id", scope.id()).put("name", scope.name()));
    }

    private static List<NamedScope> scopes(JsonNode from, String field) {
        List<NamedScope> scopes = new ArrayList<>();
        from.path(field).forEach(scope -> scopes.add(new NamedScope(text(scope, "id"), text(scope, "name"))));
        return scopes;
    }

    private static String text(JsonNode from, String field) {
        JsonNode value = from.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value.asText();
    }

    private ChangeDocument() {}
}
