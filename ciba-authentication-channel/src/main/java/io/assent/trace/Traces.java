package io.assent.trace;

import io.assent.server.Parties;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.tracing.NoopTracingProvider;
import org.keycloak.tracing.TracingProvider;

/**
 * Does the steps of consent requests as spans of Keycloak's own tracing. Where that is off they are only done. A span
 * of a step that fails says which class of exception it was, and not its words, in which anything could be.
 */
public final class Traces {

    private static final String TRACER = "io.assent";

    private final Supplier<TracingProvider> provider;
    private final Function<Parties, Optional<Named>> names;

    private Traces(Supplier<TracingProvider> provider, Function<Parties, Optional<Named>> names) {
        this.provider = provider;
        this.names = names;
    }

    /** On the thread of a session, for as long as it is open. */
    public static Traces of(KeycloakSession session) {
        return new Traces(() -> session.getProvider(TracingProvider.class), parties -> Named.find(session, parties));
    }

    /** On threads that have no session. */
    public static Traces of(KeycloakSessionFactory sessions) {
        // made without a session, as Keycloak's own timer does
        return new Traces(
                () -> sessions.getProviderFactory(TracingProvider.class).create(null),
                parties -> find(sessions, parties));
    }

    /** Does what must leave nothing in the span that is current. */
    public static void unseen(Runnable work) {
        Context.root().wrap(work).run();
    }

    /** Nobody's. */
    public static Traces none() {
        return new Traces(NoopTracingProvider::new, parties -> Optional.empty());
    }

    /**
     * A step of a call that is being served.
     *
     * @param name what is done
     */
    public <T> T step(String name, Function<Step, T> work) {
        return span(name, builder -> builder, work);
    }

    /**
     * A call of somebody outside.
     *
     * @param place whose trace it goes on; where there is none, it is a trace of its own
     */
    public <T> T call(String name, Optional<TracePlace> place, Function<Step, T> work) {
        Context parent = place.map(TracePlace::context).orElse(Context.root());
        return span(name, builder -> builder.setParent(parent).setSpanKind(SpanKind.CLIENT), work);
    }

    private <T> T span(String name, Function<SpanBuilder, SpanBuilder> how, Function<Step, T> work) {
        TracingProvider tracing = provider.get();
        Span span = tracing.startSpan(how.apply(tracing.getTracer(TRACER).spanBuilder(name)));
        try (LoggedRequest logged = LoggedRequest.none()) {
            return work.apply(new Step(span, logged, names));
        } catch (RuntimeException failure) {
            span.setStatus(StatusCode.ERROR, failure.getClass().getName());
            throw failure;
        } finally {
            tracing.endSpan();
        }
    }

    /** A trace is nothing to fail for, and least of all a delivery. */
    private static Optional<Named> find(KeycloakSessionFactory sessions, Parties parties) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> Named.find(session, parties));
        } catch (RuntimeException databaseGone) {
            return Optional.empty();
        }
    }
}
