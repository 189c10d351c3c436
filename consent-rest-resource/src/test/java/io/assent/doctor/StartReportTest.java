package io.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartReportTest {

    private final Findings findings = new Findings();

    private String line() {
        assertThat(StartReport.lines("bank", new Diagnosis(findings.found(), 1)))
                .hasSize(1);
        return StartReport.lines("bank", new Diagnosis(findings.found(), 1)).get(0);
    }

    @Test
    void anErrorIsALineThatSaysWhatToDoAndAWarningIsNone() {
        findings.of(Finding.TPP_FULL_SCOPE, Subject.client("acme"));
        findings.ofRealm(Finding.LOGIN_THEME);

        assertThat(line())
                .startsWith("Realm 'bank' has the finding tpp-full-scope: acme. A client that may ask")
                .endsWith("switch 'Full scope allowed' off.");
    }

    @Test
    void aFindingOfTheRealmNamesNobody() {
        findings.ofRealm(Finding.NO_APP);

        assertThat(line()).startsWith("Realm 'bank' has the finding no-app. No client can answer");
    }

    @Test
    void ofManySomeAreNamed() {
        IntStream.rangeClosed(1, 23)
                .forEach(number -> findings.of(Finding.TPP_FULL_SCOPE, Subject.client("tpp-" + number)));

        assertThat(line()).contains("tpp-1, tpp-2, ", ", tpp-20 and 3 more. ").doesNotContain("tpp-21");
    }

    @Test
    void nobodysNameMakesALineOfItsOwn() {
        findings.of(Finding.TPP_FULL_SCOPE, Subject.client("acme\r\nERROR all is lost"));

        assertThat(line()).contains("acme??ERROR all is lost").doesNotContain("\n");
    }
}
