package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The authorization details of a request, an answer or a consent, in the order in which they were asked for. */
public record Details(List<Detail> all) implements DetailReading {

    /** The parameter of a request (RFC 9396, section 2), and the claim of a signed one. */
    public static final String PARAMETER = "authorization_details";

    /** The largest number of bytes of {@code authorization_details}, as sent. */
    public static final int MAX_BYTES = 8_192;

    /** The largest number of details in one request. */
    public static final int MOST = 10;

    /**
     * The largest number of bytes of what a grant has, kept as {@link #json}: half of what the databases' column takes.
     * More than is asked for, since customers choose accounts, and answer requests that were asked side by side.
     */
    static final int MAX_KEPT_BYTES = 32_768;

    public static final Details NONE = new Details(List.of());

    public Details {
        all = List.copyOf(all);
    }

    /** @param objects each with a {@code type} */
    static Details of(List<ObjectNode> objects) {
        return new Details(objects.stream().map(Detail::of).toList());
    }

    /** What was kept as {@link #json}. */
    public static Details parse(String json) {
        if (json == null || json.isEmpty()) {
            return NONE;
        }
        JsonNode kept = DetailJson.kept(json);
        return of(StreamSupport.stream(kept.spliterator(), false)
                .map(ObjectNode.class::cast)
                .toList());
    }

    /** These and others, each once. */
    public Details and(Details others) {
        Set<Detail> both = new LinkedHashSet<>(all);
        both.addAll(others.all);
        return new Details(List.copyOf(both));
    }

    /** The canonical form (RFC 8785), which {@link #parse} takes back. */
    public String json() {
        return all.stream().map(Detail::json).collect(Collectors.joining(",", "[", "]"));
    }

    /** The same, where there are any. */
    public Optional<String> findJson() {
        return isEmpty() ? Optional.empty() : Optional.of(json());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether they are more than a client can ask for. */
    public boolean areTooManyToAsk() {
        return all.size() > MOST || bytes() > MAX_BYTES;
    }

    /** Whether they are more than a grant can have. */
    public boolean areTooManyToKeep() {
        return bytes() > MAX_KEPT_BYTES;
    }

    int bytes() {
        return json().getBytes(StandardCharsets.UTF_8).length;
    }
}
