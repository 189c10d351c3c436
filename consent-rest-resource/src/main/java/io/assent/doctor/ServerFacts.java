package io.assent.doctor;

import java.util.Arrays;
import java.util.List;

/**
 * The server that a realm is on.
 *
 * @param version Keycloak's own
 * @param production whether it was not started for development
 * @param proxyUnread whether a call came through a proxy whose headers the server does not read
 * @param repeatableRead whether its transactions see the database as it was at their beginning, and lock gaps for it
 */
record ServerFacts(String version, boolean production, boolean proxyUnread, boolean repeatableRead) {

    private static final List<Integer> LEAST = List.of(26, 7, 4);

    /** Whether it is older than what the pack is safe on. A version that is no number is a developer's own. */
    boolean isTooOld() {
        List<Integer> parts = Arrays.stream(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty() && part.length() < 7)
                .map(Integer::valueOf)
                .toList();
        if (parts.size() < LEAST.size()) {
            return false;
        }
        for (int place = 0; place < LEAST.size(); place++) {
            int order = parts.get(place).compareTo(LEAST.get(place));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }
}
