package io.assent.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that this machine has. */
final class Programs {

    static boolean areInstalled(String... names) {
        return Stream.of(names).allMatch(name -> find(name).isPresent());
    }

    /** Starts a program that is installed. What it says is added to the log. */
    static Process run(Path log, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(find(program).orElseThrow().toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static Optional<Path> find(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Programs() {}
}
