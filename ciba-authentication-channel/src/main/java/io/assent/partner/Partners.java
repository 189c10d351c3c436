package io.assent.partner;

import io.assent.partner.PartnerAccess.End;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerAccess.Status;
import io.assent.partner.PartnerEvent.Connected;
import io.assent.partner.PartnerEvent.Ended;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The door to what the bank may see at partners: offer, want, connect, end. The customer chooses here, and grants at
 * the partner; what is connected is what the partner's token is for, and never more than was chosen. Every call is safe
 * to repeat, and belongs to the caller's transaction.
 */
public final class Partners {

    private final PartnerStore store;
    private final Function<Parties, Optional<PartnerSettings>> settings;
    private final Predicate<Parties> canConnect;
    private final InstantSource clock;
    private final Consumer<PartnerEvent> events;

    /**
     * @param settings what an admin set of a client as a partner; empty where it is none
     * @param canConnect whether the server would take the customer to a partner and back
     */
    Partners(
            PartnerStore store,
            Function<Parties, Optional<PartnerSettings>> settings,
            Predicate<Parties> canConnect,
            InstantSource clock,
            Consumer<PartnerEvent> events) {
        this.store = store;
        this.settings = settings;
        this.canConnect = canConnect;
        this.clock = clock;
        this.events = events;
    }

    public static Partners of(KeycloakSession session) {
        return new Partners(
                session.getProvider(PartnerStore.class),
                parties -> PartnerProviders.find(session, client(session, parties)),
                parties -> PartnerProviders.canConnect(session, parties.customer()),
                ServerTime::now,
                event -> AssentEventListener.tell(session, event));
    }

    /**
     * What keeps customers of the session's realm from being asked, in words for the admin, by the alias of the
     * identity provider that is meant as a partner.
     */
    public static Map<String, String> flaws(KeycloakSession session, RealmModel realm) {
        return PartnerProviders.flaws(session, realm);
    }

    private static ClientModel client(KeycloakSession session, Parties parties) {
        return session.realms().getRealm(parties.realmId()).getClientById(parties.clientId());
    }

    /** What the customer can let the bank see at a client; empty where that is nothing, or nothing more. */
    public Optional<PartnerOffer> offer(Parties parties, Texts texts) {
        return settings.apply(parties).flatMap(partner -> offer(parties, partner, texts));
    }

    private Optional<PartnerOffer> offer(Parties parties, PartnerSettings partner, Texts texts) {
        return canConnect.test(parties)
                ? Optional.of(offer(partner, granted(parties.customer(), partner.providerId()), texts))
                        .filter(offer -> !offer.open().isEmpty())
                : Optional.empty();
    }

    private static PartnerOffer offer(PartnerSettings partner, Set<String> granted, Texts texts) {
        return new PartnerOffer(
                partner.alias(),
                partner.name(),
                partner.scopes().stream()
                        .filter(scope -> !granted.contains(scope))
                        .flatMap(scope -> PartnerPermission.of(partner.alias(), scope, texts).stream())
                        .toList(),
                words(partner.alias(), granted, texts));
    }

    /** What the bank may see, in words. */
    public static List<PartnerPermission> words(String alias, Set<String> scopes, Texts texts) {
        return scopes.stream()
                .sorted()
                .map(scope -> PartnerPermission.standing(alias, scope, texts))
                .toList();
    }

    /** The scopes of what the customer lets the bank see by an identity provider now. */
    public Set<String> granted(Customer customer, String providerId) {
        return store.connected(customer).stream()
                .filter(access -> access.providerId().equals(providerId))
                .findFirst()
                .map(PartnerAccess::granted)
                .orElse(Set.of());
    }

    /**
     * The customer wants the bank to see something at a partner, beside what it sees already. Takes the place of what
     * the customer wanted before and was not through with.
     *
     * @param chosen scopes of the {@link #offer}
     */
    public WishResult want(Parties parties, Set<String> chosen, Texts texts) {
        if (chosen.isEmpty()) {
            return new WishResult.Nothing();
        }
        return settings.apply(parties)
                .filter(partner -> isOffered(parties, partner, chosen, texts))
                .map(partner -> want(parties, partner, chosen))
                .orElseGet(WishResult.NotOffered::new);
    }

    private boolean isOffered(Parties parties, PartnerSettings partner, Set<String> chosen, Texts texts) {
        return offer(parties, partner, texts)
                .filter(offer -> offer.open().stream()
                        .map(PartnerPermission::scope)
                        .toList()
                        .containsAll(chosen))
                .isPresent();
    }

    private WishResult want(Parties parties, PartnerSettings partner, Set<String> chosen) {
        // the link of what ended goes before there is a new one
        tellAll(parties.customer());
        // what an admin took out is asked for no more, and goes with the token from before
        Set<String> asked = new LinkedHashSet<>(granted(parties.customer(), partner.providerId()));
        asked.retainAll(partner.scopes());
        asked.addAll(chosen);
        Optional<PartnerAccess> before = store.wanted(parties);
        PartnerAccess wish = new PartnerAccess(
                before.map(PartnerAccess::id).orElseGet(() -> UUID.randomUUID().toString()),
                parties,
                partner.providerId(),
                partner.alias(),
                asked,
                Set.of(),
                Status.WANTED,
                clock.instant(),
                null,
                null);
        if (before.isPresent() && store.change(before.get(), wish)) {
            return new WishResult.Wanted(wish);
        }
        PartnerAccess added = before.isPresent() ? wish.withId(UUID.randomUUID().toString()) : wish;
        store.add(added);
        return new WishResult.Wanted(added);
    }

    /** What the customer can go to the partner by. Empty where an admin took it back meanwhile. */
    public Optional<PartnerAccess> wish(Customer customer, String id) {
        return store.find(customer.realmId(), id)
                .filter(access -> access.parties().customer().equals(customer) && access.isOpen(clock.instant()))
                .filter(access -> settings(access)
                        .map(partner -> partner.scopes().containsAll(access.asked()))
                        .orElse(false));
    }

    /** The partner's settings, if an access is still by them. */
    public Optional<PartnerSettings> settings(PartnerAccess access) {
        return settings.apply(access.parties())
                .filter(partner -> partner.providerId().equals(access.providerId()));
    }

    /** The customer is content with what is. */
    public void forget(PartnerAccess wish) {
        store.remove(wish);
    }

    /**
     * The partner gave a token. What was connected before gives way to it. A second token for the same choice, as by a
     * second tab, takes the place of the first.
     *
     * @param id of what was wanted
     * @param asked what the partner was asked for: in another tab the customer may have chosen anew since
     * @param scopes what the token is for (RFC 6749, section 5.1)
     */
    public ConnectResult connect(Customer customer, String id, Set<String> asked, Set<String> scopes) {
        PartnerAccess before = store.lock(customer.realmId(), id)
                .filter(access -> access.parties().customer().equals(customer))
                .filter(access -> access.status() == Status.CONNECTED || access.isOpen(clock.instant()))
                .orElse(null);
        Optional<PartnerSettings> partner = before == null ? Optional.empty() : settings(before);
        if (partner.isEmpty()) {
            return new ConnectResult.Unwanted();
        }
        Set<String> granted = new LinkedHashSet<>(scopes);
        granted.removeAll(partner.get().always());
        Set<String> tooMuch = new LinkedHashSet<>(granted);
        tooMuch.removeAll(asked);
        if (!tooMuch.isEmpty()) {
            return new ConnectResult.TooMuch(tooMuch);
        }
        if (granted.isEmpty()) {
            return new ConnectResult.Nothing();
        }
        PartnerAccess connected = before.connected(granted, clock.instant());
        if (!store.change(before, connected)) {
            return new ConnectResult.Unwanted();
        }
        connected(customer, before.alias()).stream()
                .filter(other -> !other.id().equals(before.id()))
                .forEach(other -> end(other, Ender.REPLACED));
        events.accept(new Connected(connected));
        return new ConnectResult.Connected(connected);
    }

    /** The partner takes a part back: what is left of it is shown from now on. */
    public void narrow(PartnerAccess access, Set<String> left) {
        if (!left.equals(access.granted())) {
            store.change(access, access.connected(left, access.connectedAt()));
        }
    }

    /** What the customer lets the bank see, and did; newest first. */
    public List<PartnerAccess> list(Customer customer, Optional<Position> after, int max) {
        return store.list(customer, after, max);
    }

    /** What the customer lets the bank see now. */
    public List<PartnerAccess> connected(Customer customer) {
        return store.connected(customer);
    }

    /**
     * The same by the identity provider that has an alias, newest first: more than one only until the next answer of
     * the partner.
     */
    public List<PartnerAccess> connected(Customer customer, String alias) {
        return of(alias, store.connected(customer));
    }

    /** Of a customer; empty where there is none, or it is only wanted. */
    public Optional<PartnerAccess> find(Customer customer, String id) {
        return store.find(customer.realmId(), id)
                .filter(access -> access.parties().customer().equals(customer) && access.status() != Status.WANTED);
    }

    /**
     * By which the bank may call the partner now. Whoever else asks for it, or ends it, waits until this transaction
     * ends.
     */
    public Optional<PartnerAccess> use(String realmId, String id) {
        return hold(realmId, id).filter(access -> settings(access).isPresent());
    }

    /** The same, whatever an admin set meanwhile. */
    public Optional<PartnerAccess> hold(String realmId, String id) {
        return store.lock(realmId, id).filter(access -> access.status() == Status.CONNECTED);
    }

    /** Whoever ends what a customer lets the bank see by an identity provider waits until this transaction ends. */
    public void hold(Customer customer, String alias) {
        connected(customer, alias).forEach(access -> hold(customer.realmId(), access.id()));
    }

    /**
     * The token of what is connected is fetched anew, by the caller alone, who calls the partner once this transaction
     * is committed.
     *
     * @param until when it is done, or the caller is gone
     * @return whether nobody else does so
     */
    public boolean lease(PartnerAccess access, Instant until) {
        return store.lease(access, clock.instant(), until);
    }

    /** The caller is done with it. */
    public void release(PartnerAccess access, Instant until) {
        store.release(access, until);
    }

    /** The bank sees nothing any more. Empty where the customer has no such access. */
    public Optional<EndResult> end(Customer customer, String id, Ender by) {
        return find(customer, id).map(access -> end(access, by));
    }

    /** The same of one that was found. */
    public EndResult end(PartnerAccess access, Ender by) {
        PartnerAccess ended = access.ended(new End(by, clock.instant()));
        if (store.end(access, ended.end())) {
            events.accept(new Ended(ended));
            return new EndResult.Ended(ended);
        }
        // of two at once the second one sees what is there only by a read that locks (MariaDB)
        return new EndResult.EndedBefore(
                store.lock(access.parties().realmId(), access.id()).orElse(access));
    }

    /** All that a customer lets the bank see ends. */
    public void endAll(Customer customer, Ender by) {
        store.connected(customer).forEach(access -> end(access, by));
    }

    /**
     * What the customer lets the bank see at one client ends.
     *
     * @param until what was connected after that stays
     */
    public void endAll(Parties parties, Instant until, Ender by) {
        store.connected(parties.customer()).stream()
                .filter(access -> access.parties().equals(parties))
                .filter(access -> !access.connectedAt().isAfter(until))
                .forEach(access -> end(access, by));
    }

    /** What a customer lets the bank see by an identity provider ends. */
    public void endAll(Customer customer, String alias, Ender by) {
        connected(customer, alias).forEach(access -> end(access, by));
    }

    /**
     * All that customers let the bank see at a client ends: the client goes. It ends with this call; what follows comes
     * bit by bit, by {@link #untold}: there may be a hundred thousand of it.
     *
     * @return how many ended
     */
    public int endAllOf(String realmId, String clientId) {
        return store.endAllOf(realmId, clientId, bySystem());
    }

    /** The same by an identity provider. */
    public int endAllBy(String realmId, String providerId, String alias) {
        return store.endAllBy(realmId, providerId, alias, bySystem());
    }

    /**
     * The same by an identity provider that is gone. Nobody is left to be told there: not by another one either that is
     * made with the same alias, or even with the same id.
     */
    public void endAllByGone(String realmId, String providerId, String alias) {
        endAllBy(realmId, providerId, alias);
        store.forgetProvider(realmId, providerId);
    }

    private End bySystem() {
        return new End(Ender.SYSTEM, clock.instant());
    }

    /** What ended with a client or an identity provider and was not told of, of all realms, oldest first. */
    public List<PartnerAccess> untold(int max) {
        return store.untold(max);
    }

    /** The same of a customer, by the identity provider that has an alias. */
    public List<PartnerAccess> untold(Customer customer, String alias) {
        return of(alias, store.untold(customer));
    }

    private static List<PartnerAccess> of(String alias, List<PartnerAccess> some) {
        return some.stream().filter(access -> access.alias().equals(alias)).toList();
    }

    /** Tells that one of them ended, once. */
    public void tell(PartnerAccess untold) {
        if (store.told(untold)) {
            events.accept(new Ended(untold));
        }
    }

    /**
     * The same, where nobody else is about to tell of it or to remove its link.
     *
     * @return whether it did
     */
    public boolean tellUnlessHeld(PartnerAccess untold) {
        if (!store.holdUntold(untold)) {
            return false;
        }
        tell(untold);
        return true;
    }

    /** It can't be told of now: the others of {@link #untold} come first. */
    public void putOff(PartnerAccess untold) {
        store.putOff(untold, clock.instant());
    }

    /** Tells of all that a customer has. */
    public void tellAll(Customer customer) {
        store.untold(customer).forEach(this::tell);
    }
}
