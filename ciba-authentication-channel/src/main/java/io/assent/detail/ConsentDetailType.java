package io.assent.detail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.api.PublicApi;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * One type of authorization details (RFC 9396, section 2). The id of its factory is the {@code type}.
 *
 * <p>A bank writes its own. It is asked on every node, at any time, for details that were sent today or granted years
 * ago: it keeps no state, calls nobody, and answers the same each time. An {@link ObjectNode} that it is given is its
 * own copy, has passed {@link #schema} and has no number but whole ones of at most 53 bits and others of at most 15
 * digits, no text with characters that control or that change the direction of writing, and is not nested more than 8
 * deep. A number is better than a text for nothing that counts: {@code 12.50} and {@code 12.5} are the same number.
 */
@PublicApi
public interface ConsentDetailType extends Provider {

    /**
     * A JSON Schema (draft 2020-12) of what a client may send, and of what may be granted. It refers to no other
     * schema, names every field, the {@code type} too, bounds every text, and refuses other fields
     * ({@code "additionalProperties": false}).
     */
    String schema();

    /**
     * What is wrong beyond what a schema can say.
     *
     * @param now the time by which a date is over
     * @return in words for the client's developer, with the name of the field and nothing of its value; empty where
     *     nothing is
     */
    Optional<String> flaw(ObjectNode detail, Instant now);

    /**
     * What a customer reads, the most important first; never empty. Without the {@link #accounts}, which are shown by
     * their names.
     */
    List<DetailRow> rows(ObjectNode detail, Texts texts);

    /** Whether it is good for one token: asked for alone, never settled before, and granted without a refresh token. */
    boolean isOneTime();

    /**
     * Whether it says what the whole request is for. It is asked for alone then: with no other detail, and with no
     * permission that is good for one token. The consent page has its heading, and what is granted takes the place of
     * what the client was granted in a browser before.
     */
    default boolean describesRequest() {
        return false;
    }

    /**
     * Which field holds accounts, in this detail. Where it is sent, the customer can choose none but those in it. Where
     * it is not sent, the customer chooses.
     *
     * @return empty where there is none
     */
    Optional<AccountField> accounts(ObjectNode detail);

    /**
     * Whether what is to be granted allows nothing but what was asked for. Both come without the {@link #accounts}, of
     * which the caller sees to that no other is granted. Unless a type says otherwise, they are equal.
     */
    default boolean isWithin(ObjectNode granted, ObjectNode asked) {
        return granted.equals(asked);
    }

    /** The first moment at which it allows nothing any more; empty where it says none. */
    default Optional<Instant> validUntil(ObjectNode detail) {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
