package io.assent.benchmark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All that a run measured.
 *
 * @param rounds the phases of the rounds over all sides
 * @param growth what history costs, or {@code null} if nobody measured it
 * @param settings what settings change, or {@code null} if nobody measured it
 * @param lag of each round, on side (d)
 * @param residentBytes of each server after the rounds, by side
 * @param bytes the size of a server without and with the pack
 * @param startUp of a server, or {@code null} if this run did not measure it
 * @param statements by side
 */
record Results(
        Plan plan,
        Machine machine,
        List<Measurement> rounds,
        Aside growth,
        Aside settings,
        List<PushLag> lag,
        Map<String, Long> residentBytes,
        Sizes bytes,
        StartUp startUp,
        Map<String, Map<Operation, Map<String, Double>>> statements) {

    Results withGrowth(Aside measured) {
        return new Results(plan, machine, rounds, measured, settings, lag, residentBytes, bytes, startUp, statements);
    }

    Results withSettings(Aside measured) {
        return new Results(plan, machine, rounds, growth, measured, lag, residentBytes, bytes, startUp, statements);
    }

    /** What was measured: figures of an older version may lack what is measured now. */
    List<Operation> operations() {
        return operations(rounds);
    }

    static List<Operation> operations(List<Measurement> rounds) {
        return Stream.of(Operation.values())
                .filter(operation -> rounds.stream().anyMatch(one -> one.operation() == operation))
                .toList();
    }

    /** Which were compared. */
    List<SideName> sides() {
        return Stream.of(SideName.values())
                .filter(side -> rounds.stream().anyMatch(one -> one.side().equals(side.letter())))
                .toList();
    }

    boolean have(SideName... wanted) {
        return sides().containsAll(List.of(wanted));
    }

    /** A figure of one side. */
    Figure figure(SideName side, Operation operation, ToDoubleFunction<Measurement> value) {
        return Figure.of(byRound(rounds, side, operation, 0).values().stream()
                .mapToDouble(value)
                .toArray());
    }

    /** One side's figure in relation to another's, round by round. */
    Figure ratio(SideName side, SideName to, Operation operation, ToDoubleFunction<Measurement> value) {
        return ratio(byRound(rounds, side, operation, 0), byRound(rounds, to, operation, 0), value);
    }

    /** One side's figure of one kind of call in relation to another's of another kind, round by round. */
    Figure ratio(
            SideName side,
            Operation operation,
            SideName to,
            Operation toOperation,
            ToDoubleFunction<Measurement> value) {
        return ratio(byRound(rounds, side, operation, 0), byRound(rounds, to, toOperation, 0), value);
    }

    static Figure ratio(
            Map<Integer, Measurement> these, Map<Integer, Measurement> those, ToDoubleFunction<Measurement> value) {
        if (those.isEmpty()) {
            return Figure.NONE;
        }
        return Figure.of(these.entrySet().stream()
                .mapToDouble(
                        round -> value.applyAsDouble(round.getValue()) / value.applyAsDouble(those.get(round.getKey())))
                .toArray());
    }

    static Map<Integer, Measurement> byRound(List<Measurement> all, SideName side, Operation operation, int history) {
        Map<Integer, Measurement> found = new TreeMap<>();
        for (Measurement one : all) {
            if (one.side().equals(side.letter()) && one.operation() == operation && one.history() == history) {
                if (found.put(one.round(), one) != null) {
                    throw new IllegalStateException("a phase was counted twice: " + one);
                }
            }
        }
        return found;
    }

    /** The size of a server in bytes. */
    record Sizes(long without, long with) {}
}
