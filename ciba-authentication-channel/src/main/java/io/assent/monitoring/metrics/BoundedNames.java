package io.assent.monitoring.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of a tag. A series of metrics stays for as long as the server runs, so their number is bounded: the first
 * names that come up on this node are told apart, and all others together are {@value #OTHER}.
 */
final class BoundedNames {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param most how many names are told apart; 0 or more */
    BoundedNames(int most) {
        this.most = most;
    }

    /** The name itself, or {@value #OTHER}. */
    String bound(String name) {
        return isKnown(name) ? name : OTHER;
    }

    /**
     * The name itself, or {@value #OTHER}.
     *
     * @param namespace within which the name is one; the same name in two of them is two
     */
    String bound(String namespace, String name) {
        return isKnown(namespace + '\n' + name) ? name : OTHER;
    }

    private boolean isKnown(String name) {
        if (known.contains(name)) {
            return true;
        }
        synchronized (known) {
            return known.contains(name) || known.size() < most && known.add(name);
        }
    }
}
