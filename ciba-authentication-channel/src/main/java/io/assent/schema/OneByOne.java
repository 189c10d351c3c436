package io.assent.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of things by themselves, in an order of which one place is kept: how far it came. Where one fails the rest
 * waits for the next time. One that failed often enough is left out as soon as another behind it can be told of: so it
 * holds up nobody for long, and nothing is lost where all fail.
 */
final class OneByOne {

    static final int ATTEMPTS = 6;

    private final Map<String, Integer> failures = new HashMap<>();

    /**
     * Tells of some.
     *
     * @param due the ids of those that are next, in their order
     * @param tell tells of one, and notes that it came so far
     * @param leftOut is called for each that is told of no more
     * @return how many it told of
     * @throws RuntimeException where the rest waits
     */
    int tell(List<String> due, Consumer<String> tell, Consumer<String> leftOut) {
        failures.keySet().retainAll(due);
        List<String> passedOver = new ArrayList<>();
        RuntimeException failure = null;
        int told = 0;
        for (String one : due) {
            try {
                tell.accept(one);
            } catch (RuntimeException failed) {
                if (failures.merge(one, 1, Integer::sum) < ATTEMPTS) {
                    throw failed;
                }
                failure = failed;
                passedOver.add(one);
                continue;
            }
            told++;
            passedOver.forEach(leftOut);
            passedOver.clear();
        }
        if (!passedOver.isEmpty()) {
            throw failure;
        }
        return told;
    }
}
