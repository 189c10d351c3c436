package io.assent.report;

import io.assent.report.Outage.Span;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of this node since it started, by day, realm and interface. Safe to use from any thread. */
public final class CallCounts {

    private final ConcurrentHashMap<Place, Watched> watched = new ConcurrentHashMap<>();

    public void note(Call call) {
        watched.computeIfAbsent(new Place(call.realmId(), call.called()), place -> new Watched())
                .note(call);
    }

    /** The sums up to now, of each day that was not forgotten. */
    public Map<Key, Calls> totals(Instant now) {
        Map<Key, Calls> totals = new HashMap<>();
        watched.forEach((place, counted) -> counted.totals(now)
                .forEach((day, calls) -> totals.put(new Key(day, place.realmId(), place.called()), calls)));
        return totals;
    }

    /** Days of which nothing more will come. */
    public void forgetBefore(UtcDay day) {
        watched.values().forEach(counted -> counted.forgetBefore(day));
    }

    /** Of a realm that is gone. */
    public void forget(String realmId) {
        watched.keySet().removeIf(place -> place.realmId().equals(realmId));
    }

    /** What is counted by itself. */
    public record Key(UtcDay day, String realmId, PackInterface called) {}

    private record Place(String realmId, PackInterface called) {}

    private static final class Watched {

        private final TreeMap<UtcDay, Calls> days = new TreeMap<>();
        private final Outage outage = new Outage();

        synchronized void note(Call call) {
            add(UtcDay.of(call.received()), call.toCalls());
            outage.note(call).ifPresent(this::add);
        }

        synchronized Map<UtcDay, Calls> totals(Instant now) {
            outage.untold(now).ifPresent(this::add);
            return Map.copyOf(days);
        }

        synchronized void forgetBefore(UtcDay day) {
            days.headMap(day).clear();
        }

        /** To each day its part. */
        private void add(Span down) {
            Instant begin = down.begin();
            while (begin.isBefore(down.end())) {
                UtcDay day = UtcDay.of(begin);
                Instant end = day.end().isBefore(down.end()) ? day.end() : down.end();
                add(day, Calls.down(Downtime.of(begin, end)));
                begin = end;
            }
        }

        private void add(UtcDay day, Calls calls) {
            days.merge(day, calls, Calls::plus);
        }
    }
}
