package io.assent.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of {@code kc.sh}: the script's process and the server's that it starts. */
public final class ServerProcess {

    private final Process script;

    private ServerProcess(Process script) {
        this.script = script;
    }

    /**
     * Starts it, and returns at once.
     *
     * @param home the folder of the unpacked server
     * @param environment what to set beside this process's own environment, of which nothing that Keycloak or its
     *     script would read is passed on
     * @param log where to append what it prints
     */
    public static ServerProcess start(Path home, List<String> arguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/kc.sh").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("KC_") || variable.startsWith("JAVA_OPTS"));
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return script.isAlive();
    }

    /** What it ended with. */
    public int exitValue() {
        return script.exitValue();
    }

    /** Waits until it has ended by itself, or for as long as it may take; returns whether it has. */
    public boolean awaitEnd(Duration limit) {
        try {
            return script.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it as an operator does; returns whether it stopped in time. */
    public boolean stop(Duration limit) {
        all().forEach(ProcessHandle::destroy);
        return awaitEnd(limit);
    }

    /** Ends it as a power cut does (SIGKILL), and returns when it is gone. */
    public void kill() {
        all().forEach(ProcessHandle::destroyForcibly);
        script.onExit().join();
    }

    /** The server's own process, not the script's. */
    public long pid() {
        return all().stream()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server is gone"))
                .pid();
    }

    private List<ProcessHandle> all() {
        List<ProcessHandle> all = new ArrayList<>(script.descendants().toList());
        all.add(script.toHandle());
        return all;
    }
}
