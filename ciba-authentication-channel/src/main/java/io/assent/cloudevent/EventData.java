package io.assent.cloudevent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.Detail;
import io.assent.detail.Details;
import io.assent.server.Parties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.RealmModel;

/** Writes what events say, in words that have a bound: names and ids, and nothing that a customer or a client wrote. */
final class EventData {

    private final Function<Parties, Optional<String>> clientIds;

    /** @param clientIds gives the {@code client_id}; empty where the client is gone */
    EventData(Function<Parties, Optional<String>> clientIds) {
        this.clientIds = clientIds;
    }

    ObjectNode about(Named id, Parties parties) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put(id.name(), id.id());
        clientIds.apply(parties).ifPresent(clientId -> data.put("clientId", clientId));
        return data;
    }

    static void names(ObjectNode data, String name, Collection<String> names) {
        ArrayNode list = data.putArray(name);
        names.stream().sorted().forEach(list::add);
    }

    /** The types alone: the rest of a detail has accounts and amounts. */
    static void types(ObjectNode data, Details details) {
        ArrayNode list = data.putArray("detailTypes");
        details.all().stream().map(Detail::type).distinct().sorted().forEach(list::add);
    }

    /** @param moment {@code null} where there is none */
    static void moment(ObjectNode data, String name, Instant moment) {
        if (moment != null) {
            data.put(name, moment.toString());
        }
    }

    /**
     * What events are said to come from where the destination does not say: the realm by its name. Not its issuer,
     * which the server knows only while it is called, unless it has a full {@code --hostname}.
     */
    static String source(RealmModel realm) {
        return "/realms/"
                + URLEncoder.encode(realm.getName(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What an event is about, by its own name. */
    record Named(String name, String id) {}
}
