package io.assent.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says about processes ({@code /proc}, see proc(5)). Processes that are gone count as nothing. */
public final class ProcessTimes {

    /** {@code USER_HZ}, which is 100 on every Linux that the binaries run on. */
    private static final long MILLIS_PER_TICK = 10;

    /** The first field after the name in parentheses is the third. */
    private static final int FIRST_FIELD = 3;

    private static final int PARENT = 4;
    private static final int USER = 14;
    private static final int SYSTEM = 15;
    private static final int CHILDREN_USER = 16;
    private static final int CHILDREN_SYSTEM = 17;

    /** The CPU time of one process, in milliseconds. */
    public static long cpuMillis(long pid) {
        String[] stat = stat(pid);
        return (field(stat, USER) + field(stat, SYSTEM)) * MILLIS_PER_TICK;
    }

    /** The CPU time of a process and its children, those that ended included, in milliseconds. */
    static long cpuMillisWithChildren(long pid) {
        String[] parent = stat(pid);
        long ended = (field(parent, CHILDREN_USER) + field(parent, CHILDREN_SYSTEM)) * MILLIS_PER_TICK;
        long running = processes().stream()
                .map(ProcessTimes::stat)
                .filter(stat -> field(stat, PARENT) == pid)
                .mapToLong(stat -> (field(stat, USER) + field(stat, SYSTEM)) * MILLIS_PER_TICK)
                .sum();
        return cpuMillis(pid) + ended + running;
    }

    /** What a process holds in memory, in bytes. */
    public static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> processes() {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    private static long field(String[] stat, int number) {
        return stat.length == 0 ? 0 : Long.parseLong(stat[number - FIRST_FIELD]);
    }

    private ProcessTimes() {}
}
