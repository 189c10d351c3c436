package io.assent.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> heads) {
        rows.add(heads);
        rows.add(Collections.nCopies(heads.size(), "---"));
    }

    public void row(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.forEach(
                cells -> text.append("| ").append(String.join(" | ", cells)).append(" |\n"));
        return text.append('\n').toString();
    }
}
