package io.assent.consent;

import io.assent.rules.ConsentRules;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.keycloak.models.ModelDuplicateException;

/** A store with the conditions of the real one's updates, on one thread. */
public final class ConsentsInMemory implements ConsentStore {

    private final Map<String, Consent> rows = new LinkedHashMap<>();
    private final List<ConsentRecord> history = new ArrayList<>();
    private final Map<String, Instant> touched = new HashMap<>();
    private final List<Runnable> beforeUpdates = new ArrayList<>();

    /** The door to it, for other rooms. */
    public Consents consents(ConsentRules rules, InstantSource clock) {
        return new Consents(this, parties -> rules, details -> Optional.empty(), clock, event -> {});
    }

    /** When a consent was used last. */
    Optional<Instant> touched(Consent consent) {
        return Optional.ofNullable(touched.get(consent.id()));
    }

    /** What somebody else does right before the next update. */
    void beforeNextUpdate(Runnable action) {
        beforeUpdates.add(action);
    }

    @Override
    public void add(Consent consent, ConsentRecord first) {
        if (isShared(consent) && live(consent.parties()).stream().anyMatch(ConsentsInMemory::isShared)) {
            throw new ModelDuplicateException("there is one already");
        }
        rows.put(consent.id(), consent);
        add(first);
    }

    private static boolean isShared(Consent consent) {
        return !consent.session().own() && !consent.isOneTime();
    }

    @Override
    public Optional<Consent> find(Customer customer, String id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.parties().customer().equals(customer));
    }

    @Override
    public Optional<Consent> find(String realmId, String clientId, String id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.parties().realmId().equals(realmId)
                        && row.parties().clientId().equals(clientId));
    }

    @Override
    public Optional<Consent> find(String realmId, String id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.parties().realmId().equals(realmId));
    }

    @Override
    public List<Consent> search(ConsentQuery query, Optional<Position> after, int max) {
        throw new UnsupportedOperationException("the tables are searched by their indexes, in wire tests");
    }

    @Override
    public Optional<ClientName> grantedTo(String consentId) {
        return Optional.empty();
    }

    @Override
    public boolean isKnown(Parties parties) {
        return rows.values().stream().anyMatch(row -> row.parties().equals(parties));
    }

    @Override
    public List<Consent> live(Parties parties) {
        return rows.values().stream()
                .filter(row -> row.parties().equals(parties) && row.status().isLive())
                .toList();
    }

    @Override
    public List<Consent> ofRequest(Parties parties, String requestId) {
        return rows.values().stream()
                .filter(row -> row.parties().equals(parties) && row.requestId().equals(requestId))
                .toList();
    }

    @Override
    public void lock(Parties parties) {}

    @Override
    public Settled settled(Parties parties) {
        List<Grant> grants = live(parties).stream()
                .map(row -> new Grant(row.status(), row.term(), row.scopeIds()))
                .toList();
        return new Settled(grants, Optional.empty());
    }

    @Override
    public List<Consent> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        return rows.values().stream()
                .filter(row -> row.parties().customer().equals(customer))
                .filter(row -> filter == Filter.ALL
                        || (filter == Filter.LIVE) == row.status().isLive())
                .limit(max)
                .toList();
    }

    @Override
    public boolean end(Consent consent, ConsentStatus how, Consent.End end) {
        return update(consent, row -> row.ended(how, end));
    }

    @Override
    public boolean change(Consent before, Consent after) {
        return update(before, row -> after);
    }

    private boolean update(Consent seen, UnaryOperator<Consent> change) {
        List<Runnable> others = List.copyOf(beforeUpdates);
        beforeUpdates.clear();
        others.forEach(Runnable::run);
        Consent row = rows.get(seen.id());
        if (!row.status().isLive() || row.version() != seen.version()) {
            return false;
        }
        rows.put(row.id(), change.apply(row));
        return true;
    }

    @Override
    public List<Consent> over(Instant now, int max) {
        return rows.values().stream()
                .filter(row -> row.status().isLive() && row.isOver(now))
                .sorted(Comparator.comparing(Consent::validUntil))
                .limit(max)
                .toList();
    }

    @Override
    public List<Consent> toRemind(Instant now, int max) {
        return due(now, max, Term::remindAt);
    }

    @Override
    public List<Consent> unconfirmed(Instant now, int max) {
        return due(now, max, Term::confirmBy);
    }

    private List<Consent> due(Instant now, int max, Function<Term, Instant> time) {
        return rows.values().stream()
                .filter(row -> row.status() == ConsentStatus.ACTIVE)
                .filter(row -> time.apply(row.term()) != null
                        && !time.apply(row.term()).isAfter(now))
                .limit(max)
                .toList();
    }

    @Override
    public void touch(Consent consent, Instant now, Instant before) {
        touched.put(consent.id(), now);
    }

    @Override
    public void add(ConsentRecord event) {
        history.add(event);
    }

    @Override
    public boolean isInHistory(String consentId, String requestId) {
        return history(consentId).stream()
                .anyMatch(line -> line.findRequestId().filter(requestId::equals).isPresent());
    }

    @Override
    public List<ConsentRecord> history(String consentId) {
        return history.stream()
                .filter(event -> event.consentId().equals(consentId))
                .toList();
    }

    @Override
    public void endAllOfClient(String realmId, String clientId, Consent.End end) {
        throw new UnsupportedOperationException("one statement for all, in wire tests");
    }

    @Override
    public void rename(Customer customer, String pseudonym) {
        rows.replaceAll((id, row) -> row.parties().customer().equals(customer) ? of(row, pseudonym) : row);
    }

    private static Consent of(Consent row, String userId) {
        return new Consent(
                row.id(),
                new Parties(row.parties().realmId(), row.parties().clientId(), userId),
                row.requestId(),
                row.access(),
                row.session(),
                row.kind(),
                row.status(),
                row.term(),
                row.lastUsedAt(),
                row.end(),
                row.version());
    }

    @Override
    public void removeAll(String realmId) {
        rows.values().removeIf(row -> row.parties().realmId().equals(realmId));
    }

    @Override
    public void close() {}
}
