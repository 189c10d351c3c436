package io.assent.sandbox.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import java.util.Objects;

/**
 * One server-sent event, as the HTML standard defines it: either named data, or a comment that clients pass over.
 *
 * <p>An implementation of its own, because the one of JAX-RS is only made within a request, and events come from other
 * threads.
 */
public final class Event implements OutboundSseEvent {

    private final String name;
    private final String data;
    private final String comment;

    private Event(String name, String data, String comment) {
        this.name = name;
        this.data = data;
        this.comment = comment;
    }

    /**
     * An event that the page gets.
     *
     * @param name the event's type
     * @param data one line of text; JSON by the sandbox's convention
     */
    public static Event of(String name, String data) {
        return new Event(Objects.requireNonNull(name), Objects.requireNonNull(data), null);
    }

    /** Something that only shows that the connection is alive. */
    public static Event comment(String comment) {
        return new Event(null, null, Objects.requireNonNull(comment));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getData() {
        return data;
    }

    @Override
    public String getComment() {
        return comment;
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return String.class;
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public String getId() {
        return null;
    }

    @Override
    public long getReconnectDelay() {
        return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return false;
    }
}
