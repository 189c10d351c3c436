package io.assent.cloudevent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.destination.CloudEvent;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Something that destinations are told of.
 *
 * @param type of the event
 * @param parties whom it is about
 * @param at when it happened
 * @param data what happened, without the customer; made anew each time, and only where somebody is told
 */
record Occurrence(Subject subject, String type, Parties parties, Instant at, Supplier<ObjectNode> data) {

    /** Of every type. */
    static final String PREFIX = "io.assent.";

    Occurrence {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(type);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(at);
        Objects.requireNonNull(data);
    }

    /**
     * The event for one destination.
     *
     * @param id the same for all destinations
     * @param customerId whether it names the customer
     */
    CloudEvent event(String id, String source, int sequence, boolean customerId) {
        ObjectNode told = data.get();
        if (customerId) {
            told.put("customerId", parties.userId());
        }
        return new CloudEvent(id, source, type, subject.text(), at, "%010d".formatted(sequence), told);
    }
}
