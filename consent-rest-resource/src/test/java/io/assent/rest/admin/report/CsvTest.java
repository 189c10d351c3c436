package io.assent.rest.admin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private static String field(Object value) {
        Csv csv = new Csv(List.of("field"));
        csv.line(value, 1);
        String line = csv.toString().substring("field\r\n".length());
        assertThat(line).endsWith(",1\r\n");
        return line.substring(0, line.length() - ",1\r\n".length());
    }

    @Test
    void linesEndAsTheStandardSays() {
        Csv csv = new Csv(List.of("day", "asked"));
        csv.line("2026-11-27", 4L);
        csv.line("2026-11-28", null);

        assertThat(csv).hasToString("day,asked\r\n2026-11-27,4\r\n2026-11-28,\r\n");
    }

    @Test
    void whatWouldEndAFieldIsQuoted() {
        assertThat(field("Acme, Ltd")).isEqualTo("\"Acme, Ltd\"");
        assertThat(field("the \"best\"")).isEqualTo("\"the \"\"best\"\"\"");
        assertThat(field("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
        assertThat(field("Müller & Söhne")).isEqualTo("Müller & Söhne");
    }

    @ParameterizedTest
    @CsvSource({"=1+1", "+1", "-1", "@SUM(A1)", "＝1"})
    void whatASpreadsheetWouldCalculateIsAText(String formula) {
        assertThat(field(formula)).isEqualTo("'" + formula);
    }

    @Test
    void aFormulaBehindAControlCharacterIsATextAsWell() {
        assertThat(field("\t=1+1")).isEqualTo("'\t'=1+1");
        assertThat(field("\n=1+1")).isEqualTo("\"'\n'=1+1\"");
        assertThat(field("=HYPERLINK(\"x\",\"y\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }

    @Test
    void aFormulaBehindWhatEndsAFieldElsewhereIsATextAsWell() {
        assertThat(field("Acme;=1+1")).isEqualTo("Acme;'=1+1");
        assertThat(field("Acme;;+1")).isEqualTo("Acme;;'+1");
        assertThat(field("a-b; c-d")).isEqualTo("a-b; c-d");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(field(99.5)).isEqualTo("99.5");
        assertThat(field(true)).isEqualTo("true");
        assertThat(field("")).isEmpty();
    }
}
