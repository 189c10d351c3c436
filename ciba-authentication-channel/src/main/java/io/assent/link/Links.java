package io.assent.link;

import io.assent.link.Link.Claim;
import io.assent.link.Link.State;
import io.assent.server.AssentEventListener;
import io.assent.server.Base64Url;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * The door to links: open, watch, claim, prove, use. Every change is told to the {@link AssentEventListener}s. Belongs
 * to the caller's transaction, but for the tries of who guesses, which count whatever becomes of it.
 */
public final class Links {

    /** How long a page waits for a phone, unless the customer asks for more. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** How long it waits in all, however often the customer asks for more. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    /** How old a secret gets on a page that no phone has scanned. */
    public static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

    /** How long a secret is good on a page that does not ask for another, as it sleeps while the app logs in. */
    static final Duration GOOD_FOR = Duration.ofSeconds(90);

    /** How long the one before is good once it is replaced. */
    static final Duration GOOD_AFTER_RENEWAL = Duration.ofSeconds(30);

    /** In characters. */
    private static final int LONGEST_PAGE = 2_000;

    private static final int DIGITS = 1_000_000;
    private static final int LEAST_NUMBER = 10;
    private static final int NUMBERS = 90;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final LinkStore store;
    private final OpenRate rate;
    private final InstantSource clock;
    private final Consumer<LinkEvent> events;
    private final Tries tries;

    public Links(LinkStore store, OpenRate rate, InstantSource clock, Consumer<LinkEvent> events) {
        this.store = store;
        this.rate = rate;
        this.clock = clock;
        this.events = events;
        this.tries = new Tries(store, clock, events);
    }

    public static Links of(KeycloakSession session) {
        LinkStoreFactory stores =
                (LinkStoreFactory) session.getKeycloakSessionFactory().getProviderFactory(LinkStore.class);
        return new Links(
                session.getProvider(LinkStore.class),
                stores.openRate(),
                ServerTime::now,
                event -> AssentEventListener.tell(session, event));
    }

    /**
     * The link of a login in a browser: the one that is there, with a new secret where that is due, or a new one.
     *
     * @param page where the login's page is, by which an app comes back to it; one that is too long is not kept
     * @return empty where there is none, and too many were opened for customers whom nobody knows ({@link OpenRate})
     */
    public Optional<Opened> open(Login login, Wish wish, Origin origin, URI page) {
        return find(login)
                .map(link -> show(link, login.browser(), page))
                .or(() -> mayBegin(login) ? Optional.of(begin(login, wish, origin, page)) : Optional.empty());
    }

    /**
     * The same of a link that was just found for the login.
     *
     * @param browser that the login is in, whose link it is
     */
    public Opened show(Link link, Browser browser, URI page) {
        return opened(renewed(turned(link, page), browser), browser);
    }

    /** Who logged in is somebody: what is asked of a customer has limits of its own. */
    private boolean mayBegin(Login login) {
        return login.userId().isPresent() || rate.take(login.realmId(), login.clientId(), clock.instant());
    }

    private Link turned(Link link, URI page) {
        Optional<String> kept = kept(page);
        return kept.isEmpty() || kept.equals(link.findPage()) || !store.turn(link, kept.get()) ? link : reread(link);
    }

    private static Optional<String> kept(URI page) {
        return Optional.of(page.toString()).filter(text -> text.length() <= LONGEST_PAGE);
    }

    private Opened begin(Login login, Wish wish, Origin origin, URI page) {
        Instant now = clock.instant();
        Link link = new Link(
                UUID.randomUUID().toString(),
                login.realmId(),
                login.clientId(),
                login.browser().hash(),
                login.fingerprint(),
                login.userId().isPresent(),
                login.userId().orElse(null),
                wish,
                origin,
                null,
                null,
                null,
                kept(page).orElse(null),
                String.valueOf(LEAST_NUMBER + RANDOM.nextInt(NUMBERS)),
                0,
                0,
                Base64Url.random(Browser.SECRET_BYTES),
                now,
                now,
                now.plus(LIFETIME),
                null,
                null,
                null);
        Opened opened = opened(link, login.browser());
        store.add(link, Sha256.base64Url(opened.secret().orElseThrow()), Sha256.base64Url(opened.watch()));
        events.accept(new LinkEvent.Opened(link.realmId(), link.clientId(), link.id()));
        return opened;
    }

    /**
     * The link of a login in a browser that was not used and whose time is not over; one that a phone has comes first.
     * Where the browser knows the customer it is one of that customer, however it was opened.
     */
    public Optional<Link> find(Login login) {
        return store.newest(login, login.browser().hash(), login.userId(), clock.instant());
    }

    public Optional<Link> find(String realmId, String id) {
        return store.find(realmId, id);
    }

    /** Those of some links that are still kept. */
    public List<Link> all(String realmId, Collection<String> ids) {
        return ids.isEmpty() ? List.of() : store.all(realmId, ids);
    }

    /**
     * The link that a page waits for, with a new secret where that is due.
     *
     * @param browser that the page is in: any other one's watch is unknown
     */
    public Optional<Opened> watch(String realmId, String watch, Browser browser) {
        return bySecret(watch, hash -> store.byWatch(realmId, hash))
                .filter(link -> browser.hasHash(link.browserHash()))
                .map(link -> opened(renewed(link, browser), browser));
    }

    /** How links stand now, in one statement; without those that are gone. */
    public List<LinkState> states(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : store.states(ids, clock.instant());
    }

    /**
     * Lets a link that no phone has wait {@link #LIFETIME} from now on, and {@link #LONGEST} in all.
     *
     * @param loginEnds when the login itself is over: no link waits longer
     * @return the link as it is then; unchanged where it waits as long already, or for nothing
     */
    public Link prolong(Link link, Instant loginEnds) {
        Instant now = clock.instant();
        Instant until = first(first(now.plus(LIFETIME), link.createdAt().plus(LONGEST)), loginEnds);
        return until.isAfter(link.expiresAt()) && store.prolong(link, until, now) ? moved(link) : link;
    }

    private static Instant first(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Gives a link to the phone that scanned it, or opened it: to one alone. The same again in the same session is
     * answered as the first time. A secret is good for {@link #GOOD_FOR}, and once it is replaced for
     * {@link #GOOD_AFTER_RENEWAL}, whatever its page does.
     *
     * @param secret as the phone read it
     * @param address from where it calls; or {@code null}
     */
    public ClaimAttempt claim(Customer customer, String sessionId, String address, String secret) {
        return bySecret(secret, hash -> store.bySecret(customer.realmId(), hash))
                .map(link -> claim(link, customer, new Claim(sessionId, address, clock.instant()), secret))
                .orElseGet(ClaimAttempt.NotFound::new);
    }

    private ClaimAttempt claim(Link link, Customer customer, Claim claim, String secret) {
        if (link.isClaimedBy(customer.userId(), claim.sessionId())) {
            return new ClaimAttempt.Won(link, true);
        }
        if (!link.isClaimable(claim.at())) {
            return new ClaimAttempt.Used();
        }
        if (link.userId() != null && !link.userId().equals(customer.userId())) {
            return new ClaimAttempt.OtherCustomer();
        }
        if (store.claim(
                link,
                Sha256.base64Url(secret),
                customer.userId(),
                claim,
                claim.at().minus(GOOD_FOR),
                claim.at().minus(GOOD_AFTER_RENEWAL))) {
            events.accept(new LinkEvent.Claimed(
                    new Parties(link.realmId(), link.clientId(), customer.userId()), link.id(), claim.sessionId()));
            return new ClaimAttempt.Won(reread(link), false);
        }
        // its secret is too old, or another phone was faster, or its time ran out between the look and the update
        return store.find(link.realmId(), link.id())
                .map(current -> notWon(current, customer, claim))
                .orElseGet(ClaimAttempt.NotFound::new);
    }

    private static ClaimAttempt notWon(Link current, Customer customer, Claim claim) {
        if (current.isClaimedBy(customer.userId(), claim.sessionId())) {
            return new ClaimAttempt.Won(current, true);
        }
        return current.isClaimable(claim.at()) ? new ClaimAttempt.NotFound() : new ClaimAttempt.Used();
    }

    /** A link as it is now, which nobody else changes until this transaction ends; as it was, where it was removed. */
    public Link hold(Link link) {
        return store.hold(link).orElse(link);
    }

    /**
     * Ties the request to a link that its customer was asked for it.
     *
     * @return whether it is tied to it; no where somebody was faster
     */
    public boolean ask(Link link, String requestId, String userId) {
        return store.ask(link, requestId, userId);
    }

    /**
     * The customer approved: makes the digits and the secret by which the browser can go on, once.
     *
     * @param codeDemanded whether the browser has to show that it is the one that the customer sees
     * @param until how long the browser can go on, at the least
     */
    public void prove(Link link, boolean codeDemanded, Instant until) {
        Instant now = clock.instant();
        String returnSecret = Base64Url.random(Browser.SECRET_BYTES);
        if (store.prove(
                link,
                codeDemanded,
                "%06d".formatted(RANDOM.nextInt(DIGITS)),
                returnSecret,
                Sha256.base64Url(returnSecret),
                until,
                now)) {
            tell(link);
        }
    }

    /** The customer said no, or what was approved was taken back. */
    public void deny(Link link) {
        if (store.deny(link, clock.instant())) {
            tell(link);
        }
    }

    /**
     * Whether who approves has the page in sight: by having scanned it, or by the number that it shows. Three wrong
     * ones in all, and the link is worth nothing any more. To be called before the transaction changes the link: a try
     * is counted in one of its own, which would wait for it.
     *
     * @param sessionId of who approves, or {@code null}
     * @param number as it was typed into the app
     */
    public NumberResult checkNumber(Link link, String userId, String sessionId, Optional<String> number) {
        return tries.number(link, userId, sessionId, number);
    }

    /**
     * Takes the digits that were typed into the browser. Each try counts, also of many at once: three wrong ones, and
     * the approval is worth nothing any more. To be called before the transaction changes the link ({@link #open},
     * {@link #prolong}): a try is counted in one of its own, which would wait for it.
     */
    public EnterResult enter(Link link, String digits) {
        return tries.digits(link, digits);
    }

    /**
     * The app came back to a browser of its phone. Safe to repeat in the one that began. In any other nothing goes on,
     * and the secret is worth nothing from then on: who sees it there could pass it on to the one that began. The
     * digits stay.
     *
     * @param browser that it came to; empty for one that is not known
     */
    public Optional<Link> returned(String realmId, String returnSecret, Optional<Browser> browser) {
        Optional<Link> found = bySecret(returnSecret, hash -> store.byReturn(realmId, hash));
        Optional<Link> began = found.filter(link ->
                browser.filter(caller -> caller.hasHash(link.browserHash())).isPresent());
        if (began.isEmpty()) {
            found.ifPresent(store::forgetReturn);
        }
        return began.filter(link -> isApproved(link.state(clock.instant())))
                .map(link -> store.comeBack(link, clock.instant()) ? moved(link) : link);
    }

    private static boolean isApproved(State state) {
        return state == State.APPROVED || state == State.CODE;
    }

    /** Lets the login go on by a link that is approved. @return whether this call did; it does so once */
    public boolean use(Link link) {
        boolean used = store.use(link, clock.instant());
        if (used) {
            tell(link);
        }
        return used;
    }

    /** The login ends, or goes on by another way; the link is over. Safe to repeat. */
    public void leave(Link link) {
        if (store.leave(link, clock.instant())) {
            tell(link);
        }
    }

    private Optional<Link> bySecret(String secret, Function<String, Optional<Link>> find) {
        return Browser.isSecret(secret) ? find.apply(Sha256.base64Url(secret)) : Optional.empty();
    }

    private Opened opened(Link link, Browser browser) {
        return new Opened(
                link,
                link.isClaimable(clock.instant())
                        ? Optional.of(browser.secret(link.id(), link.salt()))
                        : Optional.empty(),
                browser.watch(link.id()));
    }

    /** Of two pages at once one renews it, and both show it. */
    private Link renewed(Link link, Browser browser) {
        Instant now = clock.instant();
        if (!link.isClaimable(now) || link.renewedAt().plus(RENEWED_AFTER).isAfter(now)) {
            return link;
        }
        String salt = Base64Url.random(Browser.SECRET_BYTES);
        return store.renew(link, salt, Sha256.base64Url(browser.secret(link.id(), salt)), now, now.minus(GOOD_FOR))
                ? moved(link)
                : reread(link);
    }

    /** Tells of it, and reads it as it is now. */
    private Link moved(Link link) {
        tell(link);
        return reread(link);
    }

    private void tell(Link link) {
        events.accept(new LinkEvent.Moved(link.realmId(), link.id()));
    }

    /** Where it was removed meanwhile, as it was. */
    private Link reread(Link link) {
        return store.find(link.realmId(), link.id()).orElse(link);
    }
}
