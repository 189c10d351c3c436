package io.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void theWorstComeFirst() {
        List<Finding.Severity> severities =
                Stream.of(Finding.values()).map(Finding::severity).toList();

        assertThat(severities).isSorted();
    }

    @Test
    void eachHasANameAndWords() {
        assertThat(Finding.TPP_FULL_SCOPE.id()).isEqualTo("tpp-full-scope");
        assertThat(Arrays.asList(Finding.values())).allSatisfy(finding -> {
            assertThat(finding.id()).matches("[a-z-]+");
            assertThat(finding.message()).endsWith(".");
            assertThat(finding.fix()).endsWith(".");
        });
    }
}
