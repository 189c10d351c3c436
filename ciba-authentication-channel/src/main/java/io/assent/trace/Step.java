package io.assent.trace;

import io.assent.server.Parties;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.tracing.TracingAttributes;

/**
 * A step that is being done: what its span says about it, in ids and words of the pack's own, and the request that is
 * named in what is logged meanwhile.
 */
public final class Step {

    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("assent.request.id");
    private static final AttributeKey<String> JOURNEY = AttributeKey.stringKey("assent.journey");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("assent.result");
    private static final AttributeKey<String> PEER = AttributeKey.stringKey("assent.delivery.peer");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("assent.delivery.attempt");

    private final Span span;
    private final LoggedRequest logged;
    private final Function<Parties, Optional<Named>> names;

    /** @param names asked where the span is recorded */
    Step(Span span, LoggedRequest logged, Function<Parties, Optional<Named>> names) {
        this.span = span;
        this.logged = logged;
        this.names = names;
    }

    /** Which client it is about, and in which realm. */
    public Step of(Parties parties) {
        if (span.isRecording()) {
            names.apply(parties).ifPresent(named -> span.setAttribute(TracingAttributes.REALM_NAME, named.realm())
                    .setAttribute(TracingAttributes.CLIENT_ID, named.client()));
        }
        return this;
    }

    /** @param name how the request came */
    public Step journey(String name) {
        span.setAttribute(JOURNEY, name);
        return this;
    }

    /** @param id of a request that exists */
    public Step request(String id) {
        logged.is(id);
        span.setAttribute(REQUEST, id);
        return this;
    }

    /** @param place where that began of which this is a part; only looked for where it is of use */
    public Step begunAt(Supplier<Optional<TracePlace>> place) {
        if (span.isRecording()) {
            place.get()
                    .map(TracePlace::spanContext)
                    .filter(begun -> !begun.equals(span.getSpanContext()))
                    .ifPresent(span::addLink);
        }
        return this;
    }

    /** @param peer who is called, as an operator knows them */
    public Step attempt(int number, String peer) {
        span.setAttribute(ATTEMPT, (long) number).setAttribute(PEER, peer);
        return this;
    }

    /** @param word what came of it: a word of the code's, and no text of anybody's */
    public void result(String word) {
        span.setAttribute(RESULT, word);
    }
}
