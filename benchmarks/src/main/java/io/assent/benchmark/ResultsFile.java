package io.assent.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.benchmark.load.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results as JSON: what the page and its pictures are drawn from, and nothing that follows from it. A phase of a
 * side is one line, with its figures round by round.
 */
final class ResultsFile {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String GROWTH = "growth";
    private static final String SETTINGS = "settings";
    /** Where and when each of these was measured. */
    private static final String MACHINE = "Machine";

    /** The results, one entry of each top-level object or array on a line. */
    static String write(Results results) {
        ObjectNode all = JSON.createObjectNode();
        all.set("machine", JSON.valueToTree(results.machine()));
        all.put("quick", results.plan().quick());
        all.set("rounds", phases(results.rounds()));
        putAside(all, GROWTH, results.growth());
        putAside(all, SETTINGS, results.settings());
        all.set("pushLag", JSON.valueToTree(results.lag()));
        all.set("residentBytes", JSON.valueToTree(results.residentBytes()));
        all.set("bytes", JSON.valueToTree(results.bytes()));
        all.set("startUp", JSON.valueToTree(results.startUp()));
        ObjectNode statements = all.putObject("statements");
        results.statements()
                .forEach((side, operations) -> operations.forEach(
                        (operation, made) -> statements.set(side + " " + operation, JSON.valueToTree(made))));
        return all.properties().stream()
                .map(field -> quoted(field.getKey()) + ": " + lines(field.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /** What {@link #write} wrote. */
    static Results read(String json) {
        try {
            JsonNode all = JSON.readTree(json);
            return new Results(
                    all.get("quick").asBoolean() ? Plan.ofQuick() : Plan.full(),
                    JSON.treeToValue(all.get("machine"), Machine.class),
                    measurements(all.get("rounds")),
                    aside(all, GROWTH),
                    aside(all, SETTINGS),
                    JSON.convertValue(all.get("pushLag"), new TypeReference<List<PushLag>>() {}),
                    JSON.convertValue(all.get("residentBytes"), new TypeReference<Map<String, Long>>() {}),
                    JSON.treeToValue(all.get("bytes"), Results.Sizes.class),
                    JSON.treeToValue(all.get("startUp"), StartUp.class),
                    statements(all.get("statements")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putAside(ObjectNode all, String name, Aside aside) {
        if (aside != null) {
            all.set(name + MACHINE, JSON.valueToTree(aside.machine()));
            all.set(name, phases(aside.rounds()));
        }
    }

    private static Aside aside(JsonNode all, String name) throws IOException {
        return all.has(name)
                ? new Aside(JSON.treeToValue(all.get(name + MACHINE), Machine.class), measurements(all.get(name)))
                : null;
    }

    private static ArrayNode phases(List<Measurement> measured) {
        Map<List<Object>, List<Measurement>> byPhase = measured.stream()
                .collect(Collectors.groupingBy(
                        one -> List.of(one.side(), one.operation(), one.history()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        ArrayNode phases = JSON.createArrayNode();
        byPhase.values().forEach(rounds -> {
            ObjectNode phase = phases.addObject();
            phase.put("side", rounds.get(0).side());
            phase.put("operation", rounds.get(0).operation().name());
            phase.put("history", rounds.get(0).history());
            for (Measurement one : rounds) {
                phase.withArray("count").add(one.sample().count());
                phase.withArray("perSecond").add(one.sample().perSecond());
                phase.withArray("p50").add(one.sample().p50());
                phase.withArray("p95").add(one.sample().p95());
                phase.withArray("p99").add(one.sample().p99());
                phase.withArray("serverCpuMillis").add(one.serverCpuMillis());
                phase.withArray("databaseCpuMillis").add(one.databaseCpuMillis());
                phase.withArray("loadCpuMillis").add(one.loadCpuMillis());
                phase.withArray("pushesWaiting").add(one.pushesWaiting());
            }
        });
        return phases;
    }

    private static List<Measurement> measurements(JsonNode phases) {
        List<Measurement> all = new ArrayList<>();
        for (JsonNode phase : phases) {
            for (int round = 0; round < phase.get("count").size(); round++) {
                all.add(new Measurement(
                        phase.get("side").asText(),
                        Operation.valueOf(phase.get("operation").asText()),
                        phase.get("history").asInt(),
                        round,
                        new Sample(
                                phase.get("count").get(round).asInt(),
                                phase.get("perSecond").get(round).asDouble(),
                                phase.get("p50").get(round).asDouble(),
                                phase.get("p95").get(round).asDouble(),
                                phase.get("p99").get(round).asDouble()),
                        phase.get("serverCpuMillis").get(round).asLong(),
                        phase.get("databaseCpuMillis").get(round).asLong(),
                        phase.get("loadCpuMillis").get(round).asLong(),
                        phase.get("pushesWaiting").get(round).asLong()));
            }
        }
        return all;
    }

    private static Map<String, Map<Operation, Map<String, Double>>> statements(JsonNode lines) {
        Map<String, Map<Operation, Map<String, Double>>> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> line : lines.properties()) {
            String[] phase = line.getKey().split(" ");
            all.computeIfAbsent(phase[0], side -> new LinkedHashMap<>())
                    .put(
                            Operation.valueOf(phase[1]),
                            JSON.convertValue(line.getValue(), new TypeReference<LinkedHashMap<String, Double>>() {}));
        }
        return all;
    }

    private static String lines(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
        }
        return value.isObject()
                ? value.properties().stream()
                        .map(field -> quoted(field.getKey()) + ": " + field.getValue())
                        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}"))
                : value.toString();
    }

    private static String quoted(String name) {
        return JSON.getNodeFactory().textNode(name).toString();
    }

    private ResultsFile() {}
}
