package io.assent.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code start-up.sh} said, medians over its starts.
 *
 * @param withoutMillis how long a server takes to start without the pack
 * @param withMillis the same with the pack
 * @param percent the latter in relation to the former, turn by turn
 * @param noisePercent the same of two servers without the pack
 * @param processorPercent the processor time of a start with the pack in relation to one without
 */
record StartUp(long withoutMillis, long withMillis, double percent, double noisePercent, double processorPercent) {

    private static final Pattern SIDE = Pattern.compile(" {2}(without|with): ([0-9]+) \\(.*");
    private static final Pattern RATIO =
            Pattern.compile(" {2}with the pack: ([0-9.]+) \\(.*\\) % of without; noise: ([0-9.]+) \\(.*");

    /** @return {@code null} where it did not run */
    static StartUp read(Path printed) {
        if (!Files.exists(printed)) {
            return null;
        }
        List<Long> sides = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(printed)) {
                Matcher side = SIDE.matcher(line);
                Matcher ratio = RATIO.matcher(line);
                if (side.matches()) {
                    sides.add(Long.valueOf(side.group(2)));
                } else if (ratio.matches()) {
                    ratios.add(Double.valueOf(ratio.group(1)));
                    ratios.add(Double.valueOf(ratio.group(2)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (sides.size() < 2 || ratios.size() < 3) {
            throw new IllegalStateException("start-up.sh did not say what it should: " + printed);
        }
        return new StartUp(sides.get(0), sides.get(1), ratios.get(0), ratios.get(1), ratios.get(2));
    }
}
