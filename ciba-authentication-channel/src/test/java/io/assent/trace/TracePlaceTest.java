package io.assent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracePlaceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PLACE = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void aPlaceIsReadAsItWasKept() {
        assertThat(TracePlace.parse(PLACE))
                .hasValueSatisfying(place -> assertThat(place.traceparent()).isEqualTo(PLACE));
    }

    @Test
    void whetherItIsRecordedIsKept() {
        String unrecorded = PLACE.replaceAll("01$", "00");

        assertThat(TracePlace.parse(unrecorded).orElseThrow().spanContext().isSampled())
                .isFalse();
        assertThat(TracePlace.parse(PLACE).orElseThrow().spanContext().isSampled())
                .isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E473x-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-and-so-on-without-an-end"
            })
    void whatIsNoneIsNoPlace(String kept) {
        assertThat(TracePlace.parse(kept)).isEmpty();
    }

    @Test
    void noneIsMadeOfSomethingElse() {
        assertThatThrownBy(() -> new TracePlace("00-no")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereNobodyTracesThereIsNone() {
        assertThat(TracePlace.current()).isEmpty();
    }

    @Test
    void whatIsDoneThereIsThereAndNothingAfterwards() {
        AtomicReference<String> seen = new AtomicReference<>();

        TracePlace.parse(PLACE)
                .orElseThrow()
                .during(() -> seen.set(TracePlace.current().orElseThrow().traceparent()));

        assertThat(seen).hasValue(PLACE);
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }
}
