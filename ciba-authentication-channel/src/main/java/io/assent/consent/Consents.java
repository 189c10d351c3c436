package io.assent.consent;

import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.consent.ConsentEvent.Narrowed;
import io.assent.consent.ConsentStore.Filter;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * The door to consents: grant, narrow, end. Every rule about one is here, every change is a line of its history, and is
 * told to the {@link AssentEventListener}s. Belongs to the caller's transaction.
 */
public final class Consents {

    /** Delegated Regulation (EU) 2018/389 (RTS), article 10: access lasts 180 days at the most. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(180);

    private final ConsentStore store;
    private final InstantSource clock;
    private final Consumer<ConsentEvent> events;

    Consents(ConsentStore store, InstantSource clock, Consumer<ConsentEvent> events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    public static Consents of(KeycloakSession session) {
        return new Consents(
                session.getProvider(ConsentStore.class),
                ServerTime::now,
                event -> AssentEventListener.tell(session, event));
    }

    /**
     * A customer's yes stands from now on, with tokens and a session of its own, beside what stands already.
     *
     * @param permissions what was granted, one at the least
     */
    public Consent grantOwn(
            Parties parties, String requestId, List<GrantedPermission> permissions, String userSessionId) {
        Instant now = clock.instant();
        return add(
                Consent.active(
                        parties,
                        requestId,
                        permissions,
                        new TokenSession(userSessionId, true),
                        now,
                        now.plus(MAX_VALIDITY)),
                Actor.CUSTOMER);
    }

    /**
     * A customer's yes in the browser stands from now on. A customer and a client have one such consent at the most,
     * which the newest answer changes: its tokens are all those of the client in the customer's logins.
     *
     * @param permissions all that is granted from now on, one at the least
     * @param answered the names of those among them that the customer was asked for now; what is carried over from
     *     before makes nothing stand longer than before
     */
    public Consent grantShared(
            Parties parties,
            String requestId,
            List<GrantedPermission> permissions,
            Set<String> answered,
            String userSessionId) {
        Instant now = clock.instant();
        List<Consent> live = store.live(parties);
        Instant until = validUntil(permissions, answered, live, now);
        Actor by = answered.isEmpty() ? Actor.SYSTEM : Actor.CUSTOMER;
        Consent before = shared(live).orElse(null);
        if (before == null) {
            TokenSession logins = new TokenSession(userSessionId, false);
            return add(Consent.active(parties, requestId, permissions, logins, now, until), by);
        }
        Consent after = before.granted(permissions, now, until);
        if (!store.regrant(before, after)) {
            // changed at the same time: what is there now says what to do
            return grantShared(parties, requestId, permissions, answered, userSessionId);
        }
        record(after, ConsentRecord.Type.GRANTED, by, now);
        events.accept(new Granted(after));
        return after;
    }

    /** Half a year from now; but no later than what is carried over without a question would have ended. */
    private static Instant validUntil(
            List<GrantedPermission> permissions, Set<String> answered, List<Consent> live, Instant now) {
        Set<String> carried = permissions.stream().map(GrantedPermission::name).collect(Collectors.toSet());
        carried.removeAll(answered);
        Instant end = now.plus(MAX_VALIDITY);
        for (Consent consent : live) {
            boolean carries = consent.stands(now) && !Collections.disjoint(consent.names(), carried);
            if (carries && consent.validUntil() != null && consent.validUntil().isBefore(end)) {
                end = consent.validUntil();
            }
        }
        return end;
    }

    /** The live consent between a customer and a client that hangs on the customer's own logins. */
    public Optional<Consent> shared(Parties parties) {
        return shared(store.live(parties));
    }

    private static Optional<Consent> shared(List<Consent> live) {
        return live.stream().filter(consent -> !consent.session().own()).findFirst();
    }

    private Consent add(Consent consent, Actor by) {
        if (consent.permissions().isEmpty()) {
            throw new IllegalArgumentException("a consent grants something");
        }
        store.add(consent);
        record(consent, ConsentRecord.Type.GRANTED, by, consent.grantedAt());
        events.accept(new Granted(consent));
        return consent;
    }

    /** The consents that stand between a customer and a client, oldest first. */
    public List<Consent> standingConsents(Parties parties) {
        Instant now = clock.instant();
        return store.live(parties).stream()
                .filter(consent -> consent.stands(now))
                .toList();
    }

    /**
     * What is live between a customer and a client, oldest first: also what is suspended, or over and not ended yet.
     */
    public List<Consent> live(Parties parties) {
        return store.live(parties);
    }

    /** The customer's own consent. */
    public Optional<Consent> find(Customer customer, String id) {
        return store.find(customer, id);
    }

    /** The client's own consent. */
    public Optional<Consent> find(String realmId, String clientId, String id) {
        return store.find(realmId, clientId, id);
    }

    /**
     * The customer's own consents, newest first.
     *
     * @param first how many to pass over, 0 or more
     * @param max how many to return at the most, 1 or more
     */
    public List<Consent> list(Customer customer, Filter filter, int first, int max) {
        return store.list(customer, filter, first, max);
    }

    /** What happened to a consent, oldest first. */
    public List<ConsentRecord> history(Consent consent) {
        return store.history(consent.id());
    }

    /**
     * The customer's newest answer about some permissions was no: every live consent of the client loses them, and one
     * that has nothing else ends.
     */
    public void takeBack(Parties parties, Set<String> permissions, Actor by) {
        if (permissions.isEmpty()) {
            return;
        }
        boolean late;
        do {
            late = false;
            for (Consent consent : store.live(parties)) {
                Set<String> rest = consent.names();
                // what is changed at the same time is looked at again: a no is not lost
                late |= rest.removeAll(permissions) && leave(consent, rest, by).isEmpty();
            }
        } while (late);
    }

    /**
     * Leaves a consent with a part of what it grants.
     *
     * @param names the names of the permissions that stay
     */
    public NarrowResult narrow(Customer customer, String id, Set<String> names, Actor by) {
        Consent consent = store.find(customer, id).orElse(null);
        if (consent == null) {
            return new NarrowResult.NotFound();
        }
        if (!consent.status().isLive() || consent.isOver(clock.instant())) {
            return new NarrowResult.Over(consent);
        }
        if (!consent.names().containsAll(names)) {
            return new NarrowResult.Wider();
        }
        if (names.isEmpty()) {
            return new NarrowResult.Nothing();
        }
        if (consent.names().equals(names)) {
            return new NarrowResult.Narrowed(consent);
        }
        return leave(consent, names, by)
                .<NarrowResult>map(NarrowResult.Narrowed::new)
                // changed at the same time: what is there now says what to do
                .orElseGet(() -> narrow(customer, id, names, by));
    }

    private Optional<Consent> leave(Consent consent, Set<String> names, Actor by) {
        if (names.isEmpty()) {
            return end(consent, ConsentStatus.REVOKED, by);
        }
        List<GrantedPermission> rest = consent.permissions().stream()
                .filter(permission -> names.contains(permission.name()))
                .toList();
        if (!store.narrow(consent, rest)) {
            return Optional.empty();
        }
        Consent narrowed = consent.narrowed(rest);
        record(narrowed, ConsentRecord.Type.NARROWED, by, clock.instant());
        events.accept(new Narrowed(narrowed, by));
        return Optional.of(narrowed);
    }

    /**
     * Ends a consent of the customer. Safe to repeat.
     *
     * @return the consent as it ended, now or before; empty where the customer has no such consent
     */
    public Optional<Consent> withdraw(Customer customer, String id, Actor by) {
        return store.find(customer, id).map(consent -> {
            if (!consent.status().isLive()) {
                return consent;
            }
            return end(consent, ConsentStatus.REVOKED, by)
                    // changed at the same time: what is there now says what to do
                    .or(() -> withdraw(customer, id, by))
                    .orElse(consent);
        });
    }

    /** What is over and not ended yet, in all realms; what ended first comes first. */
    public List<Consent> over(int max) {
        return store.over(clock.instant(), max);
    }

    /** Ends a consent that is over, unless it was granted anew meanwhile. */
    public void expire(Consent consent) {
        if (consent.isOver(clock.instant())) {
            end(consent, ConsentStatus.EXPIRED, Actor.SYSTEM);
        }
    }

    private Optional<Consent> end(Consent consent, ConsentStatus how, Actor by) {
        Consent.End end = new Consent.End(by, clock.instant());
        if (!store.end(consent, how, end)) {
            return Optional.empty();
        }
        Consent ended = consent.ended(how, end);
        store.add(new ConsentRecord(ended.id(), ConsentRecord.Type.valueOf(how.name()), by, end.at(), Set.of()));
        events.accept(new Ended(ended, by));
        return Optional.of(ended);
    }

    private void record(Consent consent, ConsentRecord.Type type, Actor by, Instant at) {
        store.add(new ConsentRecord(consent.id(), type, by, at, consent.names()));
    }
}
