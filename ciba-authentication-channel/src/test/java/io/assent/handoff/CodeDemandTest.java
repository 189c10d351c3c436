package io.assent.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.link.Networks;
import io.assent.request.RecordedDecision;
import io.assent.rules.CodeBack;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When digits go from the app into the browser. */
class CodeDemandTest {

    private static final String BROWSER = "203.0.113.7";
    private static final String NEXT_DOOR = "203.0.113.8";
    private static final String ELSEWHERE = "198.51.100.1";
    private static final Details PAYMENT = Details.parse("[{\"type\":\"payment_initiation\"}]");

    private static boolean demanded(CodeBack rule, String app, String browser, Details details, String... oneTime) {
        RecordedDecision decision = new RecordedDecision(
                true,
                Set.of("balances"),
                details,
                Instant.EPOCH,
                null,
                new Evidence(null, null, null, null, app, null, null, null),
                false);
        return CodeDemand.isDemanded(rule, decision, Set.of(oneTime), () -> new Networks(false)
                .isSame(browser, app)
                .orElse(false));
    }

    @Test
    void byItselfWhereMuchIsGrantedOrTheNetworksAreNotKnownToBeOne() {
        assertThat(demanded(CodeBack.BY_RISK, NEXT_DOOR, BROWSER, Details.NONE)).isFalse();
        assertThat(demanded(CodeBack.BY_RISK, NEXT_DOOR, BROWSER, Details.NONE, "payments"))
                .isFalse();
        assertThat(demanded(CodeBack.BY_RISK, NEXT_DOOR, BROWSER, Details.NONE, "balances"))
                .isTrue();
        assertThat(demanded(CodeBack.BY_RISK, NEXT_DOOR, BROWSER, PAYMENT)).isTrue();
        assertThat(demanded(CodeBack.BY_RISK, ELSEWHERE, BROWSER, Details.NONE)).isTrue();
        assertThat(demanded(CodeBack.BY_RISK, null, BROWSER, Details.NONE)).isTrue();
        assertThat(demanded(CodeBack.BY_RISK, NEXT_DOOR, null, Details.NONE)).isTrue();
    }

    @Test
    void aRuleSaysOtherwise() {
        assertThat(demanded(CodeBack.ALWAYS, NEXT_DOOR, BROWSER, Details.NONE)).isTrue();
        assertThat(demanded(CodeBack.NEVER, ELSEWHERE, BROWSER, PAYMENT, "balances"))
                .isFalse();
    }
}
