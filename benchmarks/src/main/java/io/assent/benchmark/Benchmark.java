package io.assent.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the pack beside what a bank would use instead, and writes what came out. Started by {@code run.sh}; ends by
 * itself, and takes everything down that it started.
 */
public final class Benchmark {

    private final Plan plan;
    private final Layout layout;
    private final Sides sides;

    private Benchmark(Plan plan, Layout layout, Sides sides) {
        this.plan = plan;
        this.layout = layout;
        this.sides = sides;
    }

    /**
     * Arguments: the root of the checkout, and {@code --quick}, {@code --history}, {@code --settings}, {@code --draw}
     * or nothing.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        String mode = arguments.length > 1 ? arguments[1] : "";
        if (mode.equals("--draw")) {
            Document document = new Document(root.resolve("docs/performance.md"));
            write(ResultsFile.read(document.read("performance.json")), document);
            return;
        }
        Plan plan = Plan.of(Plan.Kind.of(mode));
        Layout layout = Layout.below(root, plan.quick());
        Document document = new Document(layout.document());
        Results results;
        try (Sides sides = new Sides(layout, plan)) {
            sides.start();
            Benchmark benchmark = new Benchmark(plan, layout, sides);
            results = switch (plan.kind()) {
                case QUICK -> benchmark.measure();
                case WHOLE -> {
                    Results measured = benchmark.measure();
                    Results before = before(document);
                    yield measured.withGrowth(before.growth()).withSettings(before.settings());
                }
                case HISTORY -> before(document).withGrowth(benchmark.growth());
                case SETTINGS -> before(document).withSettings(benchmark.settings());
            };
        }
        write(results, document);
        Progress.say("The results are in " + layout.document());
    }

    private static Results before(Document document) {
        return ResultsFile.read(document.read("performance.json"));
    }

    private Results measure() throws IOException, InterruptedException {
        Rounds rounds = new Rounds(sides, sides.all(), plan);
        warmUp(rounds);
        List<Measurement> measured = rounds.measure(plan.rounds(), 0);
        Map<String, Long> resident = resident();
        List<PushLag> lag = lag();
        Progress.say("Counting SQL statements ...");
        Map<String, Map<Operation, Map<String, Double>>> statements = new LinkedHashMap<>();
        for (SideName name : List.of(SideName.A2, SideName.B, SideName.C)) {
            statements.put(name.letter(), Statements.count(sides.get(name), sides, plan));
        }
        return new Results(
                plan,
                machine(),
                measured,
                null,
                null,
                lag,
                resident,
                new Results.Sizes(sides.bytes(SideName.B), sides.bytes(SideName.C)),
                StartUp.read(layout.startUp()),
                statements);
    }

    private Machine machine() {
        return Machine.here(layout, sides.postgres().version());
    }

    private void warmUp(Rounds rounds) throws InterruptedException {
        Progress.say("Warming up ...");
        for (Side side : sides.all()) {
            side.introduce();
        }
        rounds.warmUp(plan.warmUpRounds());
    }

    private Map<String, Long> resident() {
        Map<String, Long> resident = new LinkedHashMap<>();
        sides.all().forEach(side -> resident.put(side.name().letter(), side.residentBytes()));
        return resident;
    }

    private List<PushLag> lag() throws InterruptedException {
        List<PushLag> rounds = new ArrayList<>();
        for (int round = 0; round < plan.lagRounds(); round++) {
            Progress.say("Push lag, round " + (round + 1) + " of " + plan.lagRounds());
            rounds.add(PushLag.measure(sides.get(SideName.D), plan));
        }
        return rounds;
    }

    private Aside settings() throws InterruptedException {
        Rounds rounds = new Rounds(sides, sides.all(), plan);
        warmUp(rounds);
        return new Aside(machine(), rounds.measure(plan.rounds(), 0));
    }

    /** (c') with history beside (c) without. */
    private Aside growth() throws InterruptedException {
        Side empty = sides.get(SideName.C);
        Side grown = sides.get(SideName.C_AGAIN);
        Rounds pair = new Rounds(sides, List.of(empty, grown), plan);
        warmUp(pair);
        new History(empty.database()).clear();
        History history = new History(grown.database());
        history.clear();
        history.addPending(plan.pending());
        List<Measurement> all = new ArrayList<>();
        int rows = 0;
        for (int level : plan.history()) {
            Progress.say("Adding history ...");
            history.addAnswered(level - rows);
            history.addConsents((level - rows) / 10);
            history.analyze();
            rows = level;
            all.addAll(pair.measure(plan.historyRounds(), level));
        }
        return new Aside(machine(), all);
    }

    private static void write(Results results, Document document) {
        List<Goal> goals = new Goals(results).evaluate();
        Report report = new Report(results, goals);
        document.write(report.markdown());
        report.charts().forEach((name, chart) -> document.beside("images/" + name, chart.svg()));
        document.beside("performance.json", ResultsFile.write(results));
        goals.forEach(goal -> System.out.printf(
                "%-12s %s: %s%n",
                goal.met() == null ? "not measured" : goal.met() ? "met" : "NOT MET", goal.text(), goal.measured()));
    }
}
