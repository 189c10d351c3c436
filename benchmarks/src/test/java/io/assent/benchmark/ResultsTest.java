package io.assent.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.benchmark.load.Sample;
import io.assent.benchmark.report.Chart;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** What is said about measurements, with measurements that nobody made. */
class ResultsTest {

    private static final Plan PLAN = Plan.full();

    @Test
    void ratiosAreTakenRoundByRound() {
        // (b) is twice as fast in the second round, and so is (c): nothing but the machine has changed
        Results results = results(side -> side == SideName.C ? 300 : 100);

        Figure ratio = results.ratio(
                SideName.C, SideName.B, Operation.POLL, one -> one.sample().perSecond());

        assertThat(ratio).isEqualTo(new Figure(3, 3, 3));
    }

    @Test
    void theMedianOfAnEvenNumberIsInTheMiddle() {
        assertThat(Figure.of(new double[] {4, 1, 2, 3})).isEqualTo(new Figure(2.5, 1, 4));
    }

    @Test
    void aPhaseThatIsCountedTwiceIsAnError() {
        Results results = results(side -> 100);
        results.rounds().add(results.rounds().get(0));

        assertThatThrownBy(() -> results.figure(
                        SideName.A2, Operation.REQUEST_1, one -> one.sample().perSecond()))
                .hasMessageContaining("counted twice");
    }

    @Test
    void goalsAreMetOrNotByTheMedian() {
        List<Goal> goals = new Goals(results(side -> side == SideName.B ? 210 : 195)).evaluate();

        assertThat(goals)
                .filteredOn(goal -> goal.text().contains("at least 1.0 × (b)"))
                .isNotEmpty()
                .allMatch(goal -> !goal.met());
        assertThat(goals)
                .filteredOn(goal -> goal.text().contains("at least 0.8 × (a2)"))
                .isNotEmpty()
                .allMatch(Goal::met);
    }

    @Test
    void whatAQuickRunDoesNotMeasureIsSaidToBeSo() {
        Results full = results(side -> 100);
        Plan plan = Plan.ofQuick();
        Results quick = new Results(
                plan,
                full.machine(),
                measurements(plan, side -> 100, 0),
                null,
                null,
                List.of(),
                full.residentBytes(),
                full.bytes(),
                null,
                full.statements());

        List<Goal> goals = new Goals(quick).evaluate();
        String page = new Report(quick, goals).markdown();

        assertThat(goals).filteredOn(goal -> goal.met() == null).hasSize(4);
        assertThat(page)
                .contains("(c) ÷ (a2)")
                .doesNotContain("(d)")
                .doesNotContain("### Growth")
                .doesNotContain("NaN");
    }

    @Test
    void aKindOfCallThatHistoryAndSettingsWereMeasuredWithoutIsLeftOut() {
        Results now = results(side -> 100);
        Results results = now.withGrowth(without(Operation.APP_LINK, now.growth()))
                .withSettings(without(Operation.APP_LINK, now.settings()));

        List<Goal> goals = new Goals(results).evaluate();
        Report report = new Report(results, goals);

        assertThat(goals).allMatch(goal -> goal.met() != null);
        assertThat(report.markdown()).contains(Operation.APP_LINK.title()).doesNotContain("NaN");
        assertThat(report.charts().values()).allMatch(chart -> !chart.svg().contains("NaN"));
    }

    private static Aside without(Operation operation, Aside aside) {
        return new Aside(
                aside.machine(),
                aside.rounds().stream()
                        .filter(one -> one.operation() != operation)
                        .toList());
    }

    @Test
    void aRunLeavesTheProseAlone(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("performance.md");
        Files.writeString(file, """
                before
                <!-- written by benchmarks/run.sh: begin -->
                old
                <!-- written by benchmarks/run.sh: end -->
                after
                """);
        Results results = results(side -> 100);
        Report report = new Report(results, new Goals(results).evaluate());

        new Document(file).write(report.markdown());

        assertThat(Files.readString(file))
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| whole journey |")
                .doesNotContain("NaN")
                .doesNotContain("old\n");
    }

    @Test
    void picturesAreXml() throws Exception {
        Results results = results(side -> 100);
        Report report = new Report(results, new Goals(results).evaluate());

        assertThat(report.charts()).hasSize(3);
        for (Chart chart : report.charts().values()) {
            String svg = chart.svg();
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        }
    }

    @Test
    void resultsAreReadAsTheyWereWritten() {
        Results results = results(side -> side == SideName.C ? 300 : 100);

        Results read = ResultsFile.read(ResultsFile.write(results));

        assertThat(read.rounds()).hasSameElementsAs(results.rounds()).hasSameSizeAs(results.rounds());
        assertThat(read.growth().rounds()).hasSameElementsAs(results.growth().rounds());
        assertThat(read.growth().machine()).isEqualTo(results.growth().machine());
        assertThat(read.settings().rounds())
                .hasSameElementsAs(results.settings().rounds());
        assertThat(read.settings().machine()).isEqualTo(results.settings().machine());
        assertThat(read.plan()).isEqualTo(results.plan());
        assertThat(read.machine()).isEqualTo(results.machine());
        assertThat(read.lag()).isEqualTo(results.lag());
        assertThat(read.residentBytes()).isEqualTo(results.residentBytes());
        assertThat(read.bytes()).isEqualTo(results.bytes());
        assertThat(read.startUp()).isEqualTo(results.startUp());
        assertThat(read.statements()).isEqualTo(results.statements());
    }

    @Test
    void aRunThatDidNotMeasureStartUpIsReadAsOne() {
        Results full = results(side -> 100);
        Results results = new Results(
                Plan.ofQuick(),
                full.machine(),
                full.rounds(),
                full.growth(),
                full.settings(),
                full.lag(),
                full.residentBytes(),
                full.bytes(),
                null,
                full.statements());

        Results read = ResultsFile.read(ResultsFile.write(results));

        assertThat(read.startUp()).isNull();
        assertThat(read.plan()).isEqualTo(Plan.ofQuick());
    }

    @Test
    void thePageAndItsPicturesAreDrawnFromTheFiguresBesideIt(@TempDir Path directory) throws Exception {
        Path docs = Path.of("../docs");
        Results results = ResultsFile.read(Files.readString(docs.resolve("performance.json")));
        Report report = new Report(results, new Goals(results).evaluate());
        Path page = Files.copy(docs.resolve("performance.md"), directory.resolve("performance.md"));

        new Document(page).write(report.markdown());

        assertThat(page)
                .as("draw it anew: benchmarks/run.sh --draw")
                .hasSameTextualContentAs(docs.resolve("performance.md"));
        report.charts()
                .forEach((name, chart) -> assertThat(docs.resolve("images").resolve(name))
                        .as(name)
                        .hasContent(chart.svg()));
    }

    private interface Speed {
        double of(SideName side);
    }

    private static Results results(Speed speed) {
        Map<String, Long> resident = new TreeMap<>();
        List<Measurement> growth = new ArrayList<>();
        for (SideName side : SideName.ofWholeRun()) {
            resident.put(side.letter(), 1L << 30);
        }
        for (int history : Plan.ofHistory().history()) {
            growth.addAll(measurements(Plan.ofHistory(), speed, history));
        }
        Sample lag = new Sample(750, 50, 5, 8, 12);
        Machine machine =
                new Machine("2026-01-01", "0123456789", 2, "a processor", "8 GiB", "Linux", "17", "26.7.4", "18");
        return new Results(
                PLAN,
                machine,
                measurements(PLAN, speed, 0),
                new Aside(machine, growth),
                new Aside(machine, measurements(Plan.ofSettings(), speed, 0)),
                List.of(new PushLag(lag, lag)),
                resident,
                new Results.Sizes(100, 110),
                new StartUp(5000, 5200, 104, 100.5, 105),
                Map.of("c", Map.of(Operation.POLL, Map.of("select from consent_request", 1.0))));
    }

    private static List<Measurement> measurements(Plan plan, Speed speed, int history) {
        List<Measurement> all = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (SideName side : plan.sides()) {
                for (Operation operation : Operation.values()) {
                    if (plan.makes(side, operation)) {
                        Sample sample = new Sample(100, speed.of(side) * (round + 1), 1, 2, 3);
                        all.add(new Measurement(side.letter(), operation, history, round, sample, 100, 50, 20, 0));
                    }
                }
            }
        }
        return all;
    }
}
