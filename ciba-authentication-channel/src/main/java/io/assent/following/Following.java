package io.assent.following;

import io.assent.amendment.Amendments;
import io.assent.consent.Consent;
import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentStatus;
import io.assent.consent.Consents;
import io.assent.permission.change.ChangedPermissions;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Mapping;
import io.assent.permission.change.NamedScope;
import io.assent.permission.change.Outcome;
import io.assent.server.OperatorLog;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * The walk over a realm's live consents, from the newest to the oldest, after its permissions changed. How far it came
 * is kept with the server's own settings, after consents whose changes are committed, each by itself: one that comes a
 * second time, since the node died in between, changes no more. While old names are good it is walked again each day.
 */
public final class Following {

    /** Consents that are looked at in one step, at the most. */
    public static final int STEP = 100;

    /** A step ends after the consent with which this is over: its own transaction is open for as long. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Following.class);
    private static final OperatorLog OPERATOR = new OperatorLog(LOG);

    private static final Set<ConsentStatus> LIVE = Set.of(ConsentStatus.ACTIVE, ConsentStatus.SUSPENDED);

    private final KeycloakSession session;
    private final Consents consents;
    private final ServerConfigStorageProvider settings;

    private Following(KeycloakSession session) {
        this.session = session;
        consents = Consents.of(session);
        settings = session.getProvider(ServerConfigStorageProvider.class);
    }

    public static Following of(KeycloakSession session) {
        return new Following(session);
    }

    /**
     * Goes on with the next consents of a realm where there are some.
     *
     * @return whether there may be more
     */
    public boolean some(Instant now) {
        return session.realms()
                .getRealmsWithProviderTypeStream(ChangedPermissions.class)
                .filter(realm -> isDue(realm, now))
                .findFirst()
                .map(realm -> {
                    some(realm, now);
                    return true;
                })
                .orElse(false);
    }

    private boolean isDue(RealmModel realm, Instant now) {
        Changes changes = ChangedPermissions.of(realm).current();
        return !changes.isEmpty() && kept(realm).isDue(changes, now);
    }

    private void some(RealmModel realm, Instant now) {
        Changes changes = ChangedPermissions.of(realm).current();
        Progress before = kept(realm);
        Progress walk = before.isFor(changes) && !before.isDone() ? before : Progress.begin(changes, now);
        List<Consent> step = step(realm, walk.after(), STEP);
        Function<Consent, Optional<Predicate<NamedScope>>> clients = clients(realm);
        long end = System.nanoTime() + LONGEST_STEP.toNanos();
        int walked = 0;
        while (walked < step.size() && (walked == 0 || System.nanoTime() - end < 0)) {
            walk = walk(walk, realm, step.get(walked++), changes, clients);
        }
        Progress after = walked < step.size() || walked == STEP
                ? walk.after(step.get(walked - 1).position())
                : walk.done(now);
        settings.store(key(realm), after.toString());
        if (after.isDone()) {
            LOG.infof(
                    "Realm '%s': its consents follow version %d of the changes of permissions: %s",
                    realm.getName(), changes.version(), after.inWords());
        }
    }

    private Progress walk(
            Progress before,
            RealmModel realm,
            Consent consent,
            Changes changes,
            Function<Consent, Optional<Predicate<NamedScope>>> clients) {
        Predicate<NamedScope> available = clients.apply(consent).orElse(null);
        if (available == null) {
            return before.withoutClient();
        }
        Mapping mapping = consents.mapping(consent, changes, available);
        boolean done = mapping.done().isEmpty() || byItself(realm, consent, own -> follow(own, consent));
        boolean asked = !Amendments.isThereAnythingFor(mapping.granted(), changes, ServerTime.now())
                || isAskedFor(before, consent, changes, available)
                || byItself(realm, consent, own -> ask(own, consent));
        return done && asked ? before.with(mapping) : before.withFailure();
    }

    /**
     * Whether the walk came to another consent of the same customer and client before, for which all of them were
     * looked at: each of a thousand would look at the thousand else.
     */
    private boolean isAskedFor(Progress walk, Consent consent, Changes changes, Predicate<NamedScope> available) {
        Parties parties = consent.parties();
        ConsentQuery newer = new ConsentQuery(
                parties.realmId(), parties.userId(), parties.clientId(), LIVE, consent.grantedAt(), walk.begunAt());
        return consents.search(newer, Optional.empty(), STEP).stream()
                .filter(other -> walk.cameBefore(other, consent))
                .anyMatch(other -> Amendments.isThereAnythingFor(
                        consents.mapping(other, changes, available).granted(), changes, ServerTime.now()));
    }

    /** One that fails holds up nobody. */
    private boolean byItself(RealmModel realm, Consent consent, Consumer<KeycloakSession> step) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                own.getContext().setRealm(own.realms().getRealm(realm.getId()));
                step.accept(own);
            });
            return true;
        } catch (RuntimeException notNow) {
            OPERATOR.warn(
                    "follow",
                    ("Consent %s could not follow the changes of permissions (%s): it does with its client's next"
                                    + " token, or when its realm is walked again")
                            .formatted(consent.id(), notNow.getClass().getSimpleName()));
            return false;
        }
    }

    private static void follow(KeycloakSession own, Consent consent) {
        RealmModel realm = own.getContext().getRealm();
        Consents door = Consents.of(own);
        ClientModel client = realm.getClientById(consent.parties().clientId());
        if (client != null) {
            door.find(realm.getId(), consent.id())
                    .ifPresent(now -> door.follow(
                            now, ChangedPermissions.of(realm).current(), ChangedPermissions.availableTo(client)));
        }
    }

    private static void ask(KeycloakSession own, Consent consent) {
        Amendments.of(own).catchUp(own.getContext().getRealm(), consent.parties());
    }

    /** Forgets how far the walk came in a realm that is removed. */
    public void forget(RealmModel realm) {
        settings.remove(key(realm));
    }

    /** How far the walk came, for who looks on: the settings' own reading fails where the walk goes on meanwhile. */
    public Progress progress(RealmModel realm) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select setting.value from ServerConfigEntity setting where setting.key = :key", String.class)
                .setParameter("key", key(realm))
                .getResultStream()
                .findFirst()
                .map(Progress::parse)
                .orElse(Progress.NONE);
    }

    /** The same for who goes on: of two nodes the second one fails. */
    private Progress kept(RealmModel realm) {
        return settings.find(key(realm)).map(Progress::parse).orElse(Progress.NONE);
    }

    /**
     * What changes would make of some consents, the newest first. Nothing is written.
     *
     * @param after those after this place alone, if there is one
     * @param max how many at the most
     */
    public Forecast forecast(RealmModel realm, Changes changes, Optional<Position> after, int max) {
        Function<Consent, Optional<Predicate<NamedScope>>> clients = clients(realm);
        Map<Outcome, Integer> counts = new HashMap<>();
        List<Consent> step = step(realm, after, max);
        for (Consent consent : step) {
            Outcome outcome = clients.apply(consent)
                    .map(available -> consents.outcome(consent, changes, available))
                    .orElse(Outcome.UNCHANGED);
            counts.merge(outcome, 1, Integer::sum);
        }
        return new Forecast(
                counts,
                step.size() < max
                        ? Optional.empty()
                        : Optional.of(step.get(step.size() - 1).position()));
    }

    private List<Consent> step(RealmModel realm, Optional<Position> after, int max) {
        return consents.search(new ConsentQuery(realm.getId(), null, null, LIVE, null, null), after, max);
    }

    /**
     * What the tokens of a consent's client can have; empty where the client is gone. Each client is looked at once.
     */
    private static Function<Consent, Optional<Predicate<NamedScope>>> clients(RealmModel realm) {
        Map<String, Optional<Predicate<NamedScope>>> known = new HashMap<>();
        return consent ->
                known.computeIfAbsent(consent.parties().clientId(), id -> Optional.ofNullable(realm.getClientById(id))
                        .map(ChangedPermissions::availableTo));
    }

    private static String key(RealmModel realm) {
        return "assent.following." + realm.getId();
    }
}
