package io.assent.rest.admin.report;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table as RFC 4180 writes it, with a header line. What a spreadsheet would take for a formula has an apostrophe in
 * front, since clients name themselves.
 */
final class Csv {

    private static final String LINE_END = "\r\n";

    /**
     * Where one would begin: some spreadsheets end a field with a semicolon or a tab, whatever quotes are around it.
     */
    private static final Pattern FORMULA = Pattern.compile("^(?=[=+\\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n])(?=[=+\\-@＝＋－＠])");

    private final StringBuilder text = new StringBuilder();

    Csv(List<String> header) {
        add(header);
    }

    /** @param values {@code null} for a field with nothing in it */
    void line(Object... values) {
        add(Arrays.asList(values));
    }

    private void add(List<?> values) {
        text.append(values.stream().map(Csv::field).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String field(Object value) {
        if (value == null) {
            return "";
        }
        String harmless = value instanceof String string ? harmless(string) : value.toString();
        boolean plain = harmless.chars().noneMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n');
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    private static String harmless(String value) {
        return FORMULA.matcher(value).replaceAll("'");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
