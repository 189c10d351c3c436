package io.assent.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints which classes took longest, so that somebody notices before the build is slow. Classes that ran side by side
 * took more in sum than the build.
 */
public final class SlowestClasses implements TestExecutionListener {

    private static final int SHOWN = 10;

    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, Duration> took = new ConcurrentHashMap<>();
    private volatile Instant begin = Instant.now();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        begin = Instant.now();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), Instant.now());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Duration lasted = Duration.between(started.getOrDefault(test.getUniqueId(), begin), Instant.now());
        if (isTopLevel(test)) {
            took.put(test.getDisplayName(), lasted);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (took.size() <= SHOWN) {
            return;
        }
        StringBuilder table = new StringBuilder("The slowest of %d classes, in seconds:%n".formatted(took.size()));
        took.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(one -> table.append("%8.1f  %s%n".formatted(seconds(one.getValue()), one.getKey())));
        table.append("%8.1f  all, side by side%n".formatted(seconds(Duration.between(begin, Instant.now()))));
        System.out.print(table);
    }

    private static boolean isTopLevel(TestIdentifier test) {
        return test.getSource()
                        .filter(ClassSource.class::isInstance)
                        .map(source -> ((ClassSource) source).getClassName())
                        .filter(name -> !name.contains("$"))
                        .isPresent()
                // a class that runs once per parameter has children of the same source
                && test.getParentIdObject()
                        .filter(parent -> parent.getSegments().size() == 1)
                        .isPresent();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
