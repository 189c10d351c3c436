package io.assent.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a trace, so that what comes of it later goes on there: trace, span and whether it is recorded. What else a
 * caller may send along ({@code tracestate}, {@code baggage}) is not kept.
 *
 * @param traceparent as W3C Trace Context, section 3.2, version 00: {@value #LENGTH} characters
 */
public record TracePlace(String traceparent) {

    /** The name of the header that carries one. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;

    private static final TextMapSetter<Map<String, String>> SETTER = (headers, name, value) -> headers.put(name, value);
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers.get(name);
        }
    };

    /** @throws IllegalArgumentException if it is none */
    public TracePlace {
        if (traceparent.length() != LENGTH || !spanContext(traceparent).isValid()) {
            throw new IllegalArgumentException("not a traceparent");
        }
    }

    /** Where the current thread is; empty where nobody traces. */
    public static Optional<TracePlace> current() {
        return of(Span.current().getSpanContext());
    }

    static Optional<TracePlace> of(SpanContext span) {
        if (!span.isValid()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(Span.wrap(span)), headers, SETTER);
        return parse(headers.get(HEADER));
    }

    /** As it was kept. Empty for what is none, as for {@code null}: a trace is nothing to fail for. */
    public static Optional<TracePlace> parse(String kept) {
        return Optional.ofNullable(kept)
                .filter(text -> text.length() == LENGTH)
                .filter(text -> spanContext(text).isValid())
                .map(TracePlace::new);
    }

    /** Does something as if it were done there. */
    public void during(Runnable work) {
        context().wrap(work).run();
    }

    SpanContext spanContext() {
        return spanContext(traceparent);
    }

    Context context() {
        return Context.root().with(Span.wrap(spanContext()));
    }

    private static SpanContext spanContext(String traceparent) {
        return Span.fromContext(W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of(HEADER, traceparent), GETTER))
                .getSpanContext();
    }
}
