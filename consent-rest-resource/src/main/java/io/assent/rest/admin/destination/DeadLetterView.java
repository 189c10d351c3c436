package io.assent.rest.admin.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.cloudevent.DeadLetters.DeadLetter;
import java.util.List;
import java.util.Optional;

/** An event that was given up. */
@JsonInclude
record DeadLetterView(
        String id,
        String eventId,
        String destination,
        String type,
        String subject,
        String sequence,
        String askedToSendAt,
        String diedAt,
        String reason) {

    static DeadLetterView of(DeadLetter letter, Optional<String> destination) {
        return new DeadLetterView(
                letter.id(),
                letter.eventId(),
                destination.orElse(null),
                letter.type(),
                letter.subject(),
                letter.sequence(),
                letter.since().toString(),
                letter.diedAt().toString(),
                letter.reason());
    }

    /** A page of them. */
    @JsonInclude
    record Listed(List<DeadLetterView> events, String next) {}
}
