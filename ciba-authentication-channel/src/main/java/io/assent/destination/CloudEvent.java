package io.assent.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.api.PublicApi;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * An event as others read it (CloudEvents 1.0.2). Its data names a client, permissions and ids of ours, and nothing
 * personal but the id of a user where the destination is set to have it.
 *
 * @param id the same in each attempt and at each destination
 * @param source the realm: a URI reference
 * @param type such as {@code io.assent.consent.ended}
 * @param subject what it happened to, such as {@code consents/} and an id: events of one subject have an order
 * @param time when it happened
 * @param sequence its place among those of its subject, of a fixed length and with leading zeros (extension
 *     <em>sequence</em>)
 * @param data what happened, by the schema of the type
 */
@PublicApi
public record CloudEvent(
        String id, String source, String type, String subject, Instant time, String sequence, ObjectNode data) {

    /** Of an event in structured mode (CloudEvents JSON Event Format 1.0.2, section 3). */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    /** Of {@link #data} alone. */
    public static final String DATA_MEDIA_TYPE = "application/json";

    public static final String SPECIFICATION_VERSION = "1.0";

    private static final ObjectMapper MAPPER = new JsonMapper();

    public CloudEvent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(type);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(time);
        Objects.requireNonNull(sequence);
        data = data.deepCopy();
    }

    /** What {@link #json} wrote. */
    public static CloudEvent parse(String json) {
        try {
            ObjectNode event = (ObjectNode) MAPPER.readTree(json);
            return new CloudEvent(
                    event.get("id").textValue(),
                    event.get("source").textValue(),
                    event.get("type").textValue(),
                    event.get("subject").textValue(),
                    Instant.parse(event.get("time").textValue()),
                    event.get("sequence").textValue(),
                    (ObjectNode) event.get("data"));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalArgumentException("not an event of ours", notOurs);
        }
    }

    @Override
    public ObjectNode data() {
        return data.deepCopy();
    }

    /** The whole event in structured mode, to be sent as {@value #MEDIA_TYPE}: the same text each time. */
    public String json() {
        return MAPPER.createObjectNode()
                .put("specversion", SPECIFICATION_VERSION)
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("subject", subject)
                .put("time", time.toString())
                .put("sequence", sequence)
                .put("datacontenttype", DATA_MEDIA_TYPE)
                .<ObjectNode>set("data", data)
                .toString();
    }

    /** {@link #json} as it goes over the wire. */
    public byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
