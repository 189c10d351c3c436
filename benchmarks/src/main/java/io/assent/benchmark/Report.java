package io.assent.benchmark;

import static io.assent.benchmark.SideName.A2;
import static io.assent.benchmark.SideName.B;
import static io.assent.benchmark.SideName.C;
import static io.assent.benchmark.SideName.C_AGAIN;
import static io.assent.benchmark.SideName.D;
import static io.assent.benchmark.SideName.E;

import io.assent.benchmark.report.Chart;
import io.assent.benchmark.report.Chart.Bar;
import io.assent.benchmark.report.Chart.Group;
import io.assent.benchmark.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results in words, tables and pictures. */
final class Report {

    private static final double MIB = 1024.0 * 1024;

    private final Results results;
    private final List<Goal> goals;
    private final List<SideName> sides;

    Report(Results results, List<Goal> goals) {
        this.results = results;
        sides = results.sides();
        this.goals = goals;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(machine());
        text.append("### Goals\n\n").append(goalTable());
        text.append("### Throughput\n\nCalls a second: the median over ")
                .append(results.plan().rounds())
                .append(" rounds, and between what it was.\n\n")
                .append(perSide(one -> one.sample().perSecond(), "%.0f"))
                .append("![Throughput](images/performance-throughput.svg)\n\n");
        text.append("In relation to each other, round by round; (c') to (c) is the noise floor.\n\n")
                .append(ratios());
        text.append("### Latency\n\n")
                .append("p50 / p95 / p99 in milliseconds, medians over the rounds.\n\n")
                .append(latencies())
                .append("![p99](images/performance-latency.svg)\n\n");
        text.append("### Processor time and memory\n\n")
                .append(
                        "Milliseconds a call, with all that it sets off: the server / PostgreSQL / the load generator with")
                .append(" the authentication entity or the fake of FCM. Medians over the rounds.")
                .append(
                        results.operations().contains(Operation.END)
                                ? " What *end a consent* takes has the journeys in it that make what is ended."
                                : "")
                .append("\n\n")
                .append(processor())
                .append(resources());
        if (!results.lag().isEmpty()) {
            text.append("### Push lag\n\n").append(lag());
        }
        if (results.growth() != null) {
            text.append("### Growth\n\n").append(growth());
        }
        if (results.settings() != null) {
            text.append("### Settings\n\n").append(settings());
        }
        text.append("### Start-up and size\n\n").append(sizes());
        text.append("### SQL statements a call\n\n").append(statements());
        return text.toString();
    }

    /** The pictures, by the names of their files. */
    Map<String, Chart> charts() {
        return Map.of(
                "performance-throughput.svg", throughputChart(),
                "performance-latency.svg", latencyChart(),
                "performance-growth.svg", growthChart());
    }

    private Chart throughputChart() {
        return chart(
                "Throughput in relation to (b), the stock HTTP channel",
                "times (b)",
                (side, operation) ->
                        results.ratio(side, B, operation, one -> one.sample().perSecond()));
    }

    private Chart latencyChart() {
        return chart(
                "99th percentile of the latency",
                "ms",
                (side, operation) ->
                        results.figure(side, operation, one -> one.sample().p99()));
    }

    private Chart growthChart() {
        Aside growth = results.growth();
        List<Integer> levels = growth == null ? List.of() : growth.levels();
        List<Operation> operations = growth == null ? List.of() : growth.operations();
        return new Chart(
                "Throughput with history, in relation to none",
                "ratio",
                levels.stream()
                        .map(Report::thousands)
                        .map(rows -> rows + " rows")
                        .toList(),
                operations.stream()
                        .map(operation -> new Group(
                                operation.title(),
                                levels.stream()
                                        .map(level -> bar(growth.throughput(C_AGAIN, level, operation)))
                                        .toList()))
                        .toList());
    }

    private Chart chart(String title, String unit, BiFunction<SideName, Operation, Figure> figure) {
        return new Chart(
                title,
                unit,
                sides.stream().map(side -> "(" + side.letter() + ")").toList(),
                results.operations().stream()
                        .map(operation -> new Group(
                                operation.title(),
                                sides.stream()
                                        .map(side -> bar(figure.apply(side, operation)))
                                        .toList()))
                        .toList());
    }

    private static Bar bar(Figure figure) {
        return new Bar(figure.median(), figure.least(), figure.most());
    }

    private String machine() {
        Machine machine = results.machine();
        return """
                Measured on %s at commit `%s`%s: %d cores (%s), %s of memory, %s, JDK %s, Keycloak %s, PostgreSQL %s \
                with fsync. Each server has a heap of %s.

                """.formatted(
                        machine.date(),
                        machine.commit(),
                        results.plan().quick() ? " by a **quick** run, which says little" : "",
                        machine.cores(),
                        machine.processor(),
                        machine.memory(),
                        machine.kernel(),
                        machine.jdk(),
                        machine.keycloak(),
                        machine.postgres(),
                        Sides.HEAP);
    }

    private String goalTable() {
        Table table = new Table(List.of("goal", "measured", ""));
        goals.forEach(goal -> table.row(List.of(
                goal.text(),
                goal.measured(),
                goal.met() == null ? "not measured" : goal.met() ? "met" : "**not met**")));
        return table.toString();
    }

    private String perSide(ToDoubleFunction<Measurement> value, String format) {
        return table(
                sides, operation -> sides.stream().map(side -> spread(results.figure(side, operation, value), format)));
    }

    private String ratios() {
        record Pair(SideName side, SideName to) {}
        List<Pair> pairs = Stream.of(
                        new Pair(C, A2), new Pair(C, B), new Pair(D, C), new Pair(C_AGAIN, C), new Pair(E, C))
                .filter(pair -> results.have(pair.side(), pair.to()))
                .toList();
        List<String> heads = new ArrayList<>(List.of(""));
        pairs.forEach(pair -> heads.add(
                "(%s) ÷ (%s)".formatted(pair.side().letter(), pair.to().letter())));
        Table table = new Table(heads);
        results.operations()
                .forEach(operation -> table.row(Stream.concat(
                                Stream.of(operation.title()),
                                pairs.stream()
                                        .map(pair -> spread(
                                                results.ratio(pair.side(), pair.to(), operation, one -> one.sample()
                                                        .perSecond()),
                                                "%.2f")))
                        .toList()));
        return table.toString();
    }

    private String latencies() {
        return medians(
                "%.1f",
                List.of(one -> one.sample().p50(), one -> one.sample().p95(), one -> one.sample()
                        .p99()));
    }

    private String processor() {
        return medians(
                "%.2f",
                List.of(Measurement::serverCpuPerCall, Measurement::databaseCpuPerCall, Measurement::loadCpuPerCall));
    }

    /** Three values side by side. */
    private String medians(String format, List<ToDoubleFunction<Measurement>> values) {
        return table(sides, operation -> sides.stream().map(side -> values.stream()
                .map(value -> results.figure(side, operation, value))
                .filter(figure -> !figure.isNone())
                .map(figure -> number(figure.median(), format))
                .collect(Collectors.joining(" / "))));
    }

    private String resources() {
        Table table = new Table(heads(sides));
        row(table, "pushes not yet sent after 32 workers", side -> {
            Figure waiting = results.figure(side, Operation.REQUEST_32, Measurement::pushesWaiting);
            return side.isPack() && !waiting.isNone() ? number(waiting.median(), "%.0f") : "";
        });
        row(
                table,
                "resident memory after, MiB",
                side -> number(results.residentBytes().get(side.letter()) / MIB, "%.0f"));
        return table.toString();
    }

    private String lag() {
        Table table = new Table(List.of("", "p50 ms", "p95 ms", "p99 ms"));
        lagRow(table, "since the row's `created_at` (before the commit)", PushLag::sinceRow);
        lagRow(table, "since the answer arrived (after the commit)", PushLag::sinceAnswer);
        return table.toString();
    }

    private void lagRow(Table table, String title, Function<PushLag, io.assent.benchmark.load.Sample> since) {
        List<String> cells = new ArrayList<>(List.of(title));
        List<ToDoubleFunction<io.assent.benchmark.load.Sample>> percentiles = List.of(
                io.assent.benchmark.load.Sample::p50,
                io.assent.benchmark.load.Sample::p95,
                io.assent.benchmark.load.Sample::p99);
        percentiles.forEach(percentile -> cells.add(spread(
                Figure.of(results.lag().stream()
                        .mapToDouble(lag -> percentile.applyAsDouble(since.apply(lag)))
                        .toArray()),
                "%.1f")));
        table.row(cells);
    }

    private String growth() {
        Aside growth = results.growth();
        List<Integer> levels = growth.levels();
        List<String> heads = new ArrayList<>(List.of("throughput in relation to no history"));
        levels.forEach(level -> heads.add(thousands(level) + " rows"));
        Table table = new Table(heads);
        growth.operations()
                .forEach(operation -> table.row(Stream.concat(
                                Stream.of(operation.title()),
                                levels.stream()
                                        .map(level -> spread(growth.throughput(C_AGAIN, level, operation), "%.2f")))
                        .toList()));
        return "(c') with five years of history and %s pending requests beside (c) without. Measured by a run of its own, on %s at commit `%s`.\n\n"
                        .formatted(
                                thousands(Plan.ofHistory().pending()),
                                growth.machine().date(),
                                growth.machine().commit())
                + table + "![Growth](images/performance-growth.svg)\n\n";
    }

    private String settings() {
        Aside settings = results.settings();
        List<SideName> columns =
                Stream.concat(Stream.of(C_AGAIN), SideName.settings().stream()).toList();
        Table table = new Table(heads(columns));
        settings.operations()
                .forEach(operation -> table.row(Stream.concat(
                                Stream.of(operation.title()),
                                columns.stream().map(side -> spread(settings.throughput(side, 0, operation), "%.2f")))
                        .toList()));
        return "Throughput in relation to (c), each by one setting; (c') is the noise. Measured by a run of its own, on %s at commit `%s`.\n\n"
                        .formatted(settings.machine().date(), settings.machine().commit())
                + table;
    }

    private String sizes() {
        Table table = new Table(List.of("", "without the pack", "with it", "ratio"));
        StartUp startUp = results.startUp();
        if (startUp != null) {
            table.row(List.of(
                    "start-up, ms",
                    String.valueOf(startUp.withoutMillis()),
                    String.valueOf(startUp.withMillis()),
                    number(startUp.percent() / 100, "%.2f") + " (without, twice: "
                            + number(startUp.noisePercent() / 100, "%.2f") + ")"));
            table.row(List.of("processor time of a start", "", "", number(startUp.processorPercent() / 100, "%.2f")));
        }
        Results.Sizes bytes = results.bytes();
        table.row(List.of(
                "server as deployed, MiB",
                "%.1f".formatted(bytes.without() / MIB),
                "%.1f".formatted(bytes.with() / MIB),
                "%.2f".formatted((double) bytes.with() / bytes.without())));
        return table.toString();
    }

    private String statements() {
        StringBuilder text = new StringBuilder();
        results.statements().forEach((side, operations) -> {
            text.append("**(").append(side).append(")**\n\n");
            operations.forEach((operation, statements) -> {
                text.append("- ")
                        .append(
                                operation == Operation.REQUEST_1
                                        ? "request, with all that it sets off"
                                        : operation.title())
                        .append(statements.isEmpty() ? ": none\n" : ":\n");
                statements.forEach((statement, times) -> text.append("  - ")
                        .append(number(times, "%.2f"))
                        .append(" × `")
                        .append(statement)
                        .append("`\n"));
            });
            text.append('\n');
        });
        return text.toString();
    }

    private String table(List<SideName> columns, Function<Operation, Stream<String>> cells) {
        Table table = new Table(heads(columns));
        results.operations()
                .forEach(operation -> table.row(Stream.concat(Stream.of(operation.title()), cells.apply(operation))
                        .toList()));
        return table.toString();
    }

    private void row(Table table, String title, Function<SideName, String> cell) {
        table.row(Stream.concat(Stream.of(title), sides.stream().map(cell)).toList());
    }

    private static List<String> heads(List<SideName> columns) {
        return Stream.concat(Stream.of(""), columns.stream().map(side -> "(" + side.letter() + ")"))
                .toList();
    }

    private static String spread(Figure figure, String format) {
        if (figure.isNone()) {
            return "";
        }
        return "%s (%s–%s)"
                .formatted(
                        number(figure.median(), format), number(figure.least(), format), number(figure.most(), format));
    }

    private static String number(double value, String format) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String thousands(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
