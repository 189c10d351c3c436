package io.assent.it.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document whose commands can be run: its blocks {@code sh}, in one shell, one after the other, as a reader would. A
 * block {@code json} after one says what the last JSON is that it prints; in it, "…" stands for any text.
 */
final class Guide {

    /** The pages whose commands are run, in {@code docs}. */
    static final List<String> PAGES = List.of("tpp-developer.md", "app-developer.md", "admin.md");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|json)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String ANY = "…";

    private static final Path CLONE = Path.of("..");

    /** Nothing that a command prints has it. */
    private static final String MARK = "\u001e";

    private final List<Step> steps;

    private record Step(String commands, String answer) {}

    private Guide(List<Step> steps) {
        this.steps = steps;
    }

    /** @param addresses what is elsewhere than the document says: where that is, by what it says */
    static Guide of(Path document, Map<String, String> addresses) throws IOException {
        String text = Files.readString(document);
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            text = text.replace(address.getKey(), address.getValue());
        }
        Matcher blocks = BLOCK.matcher(text);
        List<Step> steps = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals("sh")) {
                steps.add(new Step(blocks.group(2), null));
            } else {
                Step last = steps.remove(steps.size() - 1);
                assertThat(last.answer()).as("two answers in a row").isNull();
                steps.add(new Step(last.commands(), blocks.group(2)));
            }
        }
        assertThat(steps).isNotEmpty();
        return new Guide(steps);
    }

    /** Whether there is what its readers have. */
    static boolean canRun() throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v curl jq openssl grep sed")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** In the clone. Fails with what the shell printed, where a command fails, or prints something else. */
    void run(Duration bound) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        steps.forEach(step ->
                script.append(step.commands()).append("printf '").append(MARK).append("'\n"));
        Path output = Files.createTempFile("guide", ".out");
        Process shell = new ProcessBuilder("bash", "-c", script.toString())
                .directory(CLONE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            shell.getOutputStream().close();
            boolean ended = shell.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
            String printed = Files.readString(output);
            assertThat(ended).as("in time: %s", printed).isTrue();
            String[] answers = printed.split(MARK, -1);
            for (int i = 0; i < Math.min(steps.size(), answers.length - 1); i++) {
                assertAnswer(steps.get(i), answers[i]);
            }
            assertThat(shell.exitValue()).as(printed).isZero();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Files.delete(output);
        }
    }

    private static void assertAnswer(Step step, String printed) throws IOException {
        if (step.answer() != null) {
            JsonNode last = lastJson(printed);
            assertThat(isAsSaid(JSON.readTree(step.answer()), last))
                    .as("%s%nprints%n%s%nand not%n%s", step.commands(), printed, step.answer())
                    .isTrue();
        }
    }

    private static JsonNode lastJson(String printed) throws IOException {
        JsonNode last = null;
        // an iterator of Jackson's would take an array for its members
        try (JsonParser parser = JSON.createParser(printed)) {
            for (JsonNode next = JSON.readTree(parser); next != null; next = JSON.readTree(parser)) {
                last = next;
            }
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("no JSON: " + printed, noJson);
        }
        return last;
    }

    private static boolean isAsSaid(JsonNode said, JsonNode actual) {
        if (actual == null || said.size() != actual.size()) {
            return false;
        }
        if (said.isObject()) {
            return said.properties().stream()
                    .allMatch(member -> isAsSaid(member.getValue(), actual.get(member.getKey())));
        }
        if (said.isArray()) {
            for (int i = 0; i < said.size(); i++) {
                if (!isAsSaid(said.get(i), actual.get(i))) {
                    return false;
                }
            }
            return actual.isArray();
        }
        return said.asText().equals(ANY)
                ? actual.isTextual() && !actual.asText().isEmpty()
                : said.equals(actual);
    }
}
