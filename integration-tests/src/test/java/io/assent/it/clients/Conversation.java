package io.assent.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** With a program that runs, line by line. */
final class Conversation implements AutoCloseable {

    private static final int MOST_SECONDS = 60;

    private final Process program;
    private final BufferedReader said;

    Conversation(Process program) {
        this.program = program;
        this.said = program.inputReader(StandardCharsets.UTF_8);
    }

    /** What the program says next, which has to end by itself, or to say something. */
    String hear() {
        try {
            String line = said.readLine();
            assertThat(line).as("what the program says").isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void tell(String line) {
        new PrintWriter(program.outputWriter(StandardCharsets.UTF_8), true).println(line);
    }

    /** How it ends, with nothing left to say. */
    int end() throws IOException, InterruptedException {
        assertThat(said.readLine()).isNull();
        assertThat(program.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    @Override
    public void close() {
        program.destroy();
    }
}
