package io.assent.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and when the run was made. */
record Machine(
        String date,
        String commit,
        int cores,
        String processor,
        String memory,
        String kernel,
        String jdk,
        String keycloak,
        String postgres) {

    static Machine here(Layout layout, String postgres) {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                commit(layout),
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024 / 1024 + " GiB",
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"),
                layout.stock().getFileName().toString().replace("keycloak-", ""),
                postgres);
    }

    private static String commit(Layout layout) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
                    .directory(layout.realm().getParent().toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return said.matches("[0-9a-f]{10,}(-dirty)?") ? said : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
