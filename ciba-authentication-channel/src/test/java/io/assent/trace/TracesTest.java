package io.assent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.server.OperatorLog;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** What a step is for the log; its spans are proven on a real server. */
class TracesTest {

    private final Traces traces = Traces.none();

    @Test
    void aStepIsDoneWhereNobodyTraces() {
        assertThat(traces.<String>step("consent ask", step -> "done")).isEqualTo("done");
        assertThat(traces.<String>call("consent push", Optional.empty(), step -> "sent"))
                .isEqualTo("sent");
    }

    @Test
    void theRequestIsInTheLogsContextFromWhenItIsKnownUntilTheStepEnds() {
        traces.step("consent ask", step -> {
            assertThat(logged()).isNull();
            step.request("a-request");
            assertThat(logged()).isEqualTo("a-request");
            return null;
        });

        assertThat(logged()).isNull();
    }

    @Test
    void aStepWithinAnotherLeavesItsRequestToIt() {
        LoggedRequest.during("outer", () -> {
            traces.step("consent redeem", step -> step.request("inner"));
            assertThat(logged()).isEqualTo("outer");
            return null;
        });

        assertThat(logged()).isNull();
    }

    @Test
    void aStepThatFailsFailsAsItDidAndLeavesNothingInTheLogsContext() {
        IllegalStateException failure = new IllegalStateException("a reason");

        assertThatThrownBy(() -> traces.step("consent decide", step -> {
                    step.request("a-request");
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(logged()).isNull();
    }

    private static Object logged() {
        return MDC.get(OperatorLog.REQUEST_ID);
    }
}
