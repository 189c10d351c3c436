package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.api.PublicApi;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The field of a detail that holds accounts: an object {@code {"id": "…"}} for one of them, or a list of such objects.
 * The {@code id} is the bank's public one.
 *
 * @param name the name of the field, on the top level of the detail
 * @param many whether it holds a list
 * @param required whether the customer has to choose one at the least
 */
@PublicApi
public record AccountField(String name, boolean many, boolean required) {

    private static final String ID = "id";

    public AccountField {
        Objects.requireNonNull(name);
    }

    /** The ids in a detail, in their order; empty where it names no account. */
    Set<String> ids(ObjectNode detail) {
        Set<String> ids = new LinkedHashSet<>();
        JsonNode held = detail.path(name);
        if (held.isArray()) {
            StreamSupport.stream(held.spliterator(), false)
                    .map(account -> account.path(ID).asText())
                    .forEach(ids::add);
        } else if (held.isObject()) {
            ids.add(held.path(ID).asText());
        }
        return ids;
    }

    boolean isIn(ObjectNode detail) {
        return detail.has(name);
    }

    ObjectNode without(ObjectNode detail) {
        ObjectNode rest = detail.deepCopy();
        rest.remove(name);
        return rest;
    }

    /** @param ids one at the most where it holds no list */
    ObjectNode with(ObjectNode detail, Collection<String> ids) {
        ObjectNode chosen = without(detail);
        if (many) {
            ArrayNode all = chosen.putArray(name);
            ids.forEach(id -> all.addObject().put(ID, id));
        } else {
            ids.stream().findFirst().ifPresent(id -> chosen.putObject(name).put(ID, id));
        }
        return chosen;
    }
}
