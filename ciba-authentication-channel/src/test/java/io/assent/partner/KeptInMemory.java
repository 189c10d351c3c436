package io.assent.partner;

import io.assent.partner.PartnerAccess.End;
import io.assent.partner.PartnerAccess.Status;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store of one thread. */
final class KeptInMemory implements PartnerStore {

    final List<PartnerAccess> rows = new ArrayList<>();
    private final Set<String> untold = new HashSet<>();
    private final Map<String, Instant> leases = new HashMap<>();

    @Override
    public void add(PartnerAccess access) {
        rows.add(access);
    }

    @Override
    public Optional<PartnerAccess> find(String realmId, String id) {
        return rows.stream()
                .filter(row -> row.id().equals(id) && row.parties().realmId().equals(realmId))
                .findFirst();
    }

    @Override
    public Optional<PartnerAccess> lock(String realmId, String id) {
        return find(realmId, id);
    }

    @Override
    public Optional<PartnerAccess> wanted(Parties parties) {
        return rows.stream()
                .filter(row -> row.status() == Status.WANTED && row.parties().equals(parties))
                .findFirst();
    }

    @Override
    public List<PartnerAccess> connected(Customer customer) {
        return connected(row -> row.parties().customer().equals(customer)).toList();
    }

    @Override
    public int endAllOf(String realmId, String clientId, End end) {
        return endAll(row -> row.parties().clientId().equals(clientId), end);
    }

    @Override
    public int endAllBy(String realmId, String providerId, String alias, End end) {
        return endAll(row -> row.providerId().equals(providerId), end);
    }

    private int endAll(Predicate<PartnerAccess> which, End end) {
        List<PartnerAccess> all = connected(which).toList();
        all.forEach(row -> {
            end(row, end);
            untold.add(row.id());
        });
        return all.size();
    }

    @Override
    public void forgetProvider(String realmId, String providerId) {
        rows.removeIf(row -> row.status() == Status.WANTED && row.providerId().equals(providerId));
    }

    @Override
    public List<PartnerAccess> untold(int max) {
        return rows.stream().filter(row -> untold.contains(row.id())).limit(max).toList();
    }

    @Override
    public boolean holdUntold(PartnerAccess access) {
        return untold.contains(access.id());
    }

    @Override
    public void putOff(PartnerAccess access, Instant since) {
        rows.removeIf(row -> row.id().equals(access.id()));
        rows.add(access);
    }

    @Override
    public List<PartnerAccess> untold(Customer customer) {
        return untold(rows.size()).stream()
                .filter(row -> row.parties().customer().equals(customer))
                .toList();
    }

    @Override
    public boolean told(PartnerAccess access) {
        return untold.remove(access.id());
    }

    private Stream<PartnerAccess> connected(Predicate<PartnerAccess> which) {
        return rows.stream().filter(row -> row.status() == Status.CONNECTED).filter(which);
    }

    @Override
    public List<PartnerAccess> list(Customer customer, Optional<Position> after, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean change(PartnerAccess before, PartnerAccess after) {
        return replace(before.id(), before.status(), after);
    }

    @Override
    public boolean end(PartnerAccess access, End end) {
        return replace(access.id(), Status.CONNECTED, access.ended(end));
    }

    private boolean replace(String id, Status status, PartnerAccess after) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(id) && rows.get(i).status() == status) {
                rows.set(i, after);
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean lease(PartnerAccess access, Instant now, Instant until) {
        Instant other = leases.get(access.id());
        if (connected(row -> row.id().equals(access.id())).findAny().isEmpty() || other != null && other.isAfter(now)) {
            return false;
        }
        leases.put(access.id(), until);
        return true;
    }

    @Override
    public void release(PartnerAccess access, Instant until) {
        leases.remove(access.id(), until);
    }

    @Override
    public void remove(PartnerAccess access) {
        rows.removeIf(row -> row.id().equals(access.id()) && row.status() == Status.WANTED);
    }

    @Override
    public void removeAll(String realmId) {
        rows.clear();
    }

    @Override
    public void removeAll(Customer customer) {
        rows.clear();
    }
}
