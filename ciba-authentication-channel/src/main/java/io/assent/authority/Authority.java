package io.assent.authority;

import io.assent.authority.Objection.Reason;
import io.assent.authority.Objection.Refused;
import io.assent.authority.Objection.WeakLogin;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.rules.ConsentRules.Deciding;
import io.assent.rules.ConsentRules.Enrolling;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Who may answer for a customer. To give something takes a login of the customer's own that is as strong and as new as
 * the bank's rules want it. To take something back takes less, so that nobody who sees a danger is kept from it.
 */
public final class Authority {

    private final Register register;
    private final InstantSource clock;

    Authority(Register register, InstantSource clock) {
        this.register = register;
        this.clock = clock;
    }

    public static Authority of(KeycloakSession session) {
        return new Authority(new RealmRegister(session), ServerTime::now);
    }

    /**
     * What speaks against a yes: to a request, or once more to a consent.
     *
     * @param appId the internal id of the client that answers, or {@code null} on the server's own pages
     * @param acrValues what the client that asks wants the login to reach, in its own words, one of them at the least;
     *     empty where it wants nothing
     */
    public Optional<Objection> toApproval(
            Parties parties, String appId, Circumstances circumstances, List<String> acrValues) {
        return toDenial(parties, appId, circumstances)
                .or(() -> lockedOut(parties, circumstances))
                .or(() -> {
                    Deciding rules = register.deciding(parties);
                    return weakLogin(
                            parties, appId, circumstances, new Demand(rules.acrs(), rules.oldestLogin(), acrValues));
                });
    }

    /**
     * What speaks against a key for a device that has none: whoever has it can sign for the customer from then on
     * (Delegated Regulation (EU) 2018/389, article 24).
     *
     * @param app the customer, and the client that enrols: the rules are those for itself
     */
    public Optional<Objection> toEnrolment(Parties app, Circumstances circumstances) {
        return toSettings(circumstances).or(() -> lockedOut(app, circumstances)).or(() -> {
            Enrolling rules = register.enrolling(app);
            return weakLogin(
                    app,
                    app.clientId(),
                    circumstances,
                    new Demand(rules.acrs(), Optional.of(rules.oldestLogin()), List.of()));
        });
    }

    /** What speaks against a no to a request. It gives nothing, and so is taken from a weak login, too. */
    public Optional<Objection> toDenial(Parties parties, String appId, Circumstances circumstances) {
        return toSettings(circumstances).or(() -> toRedemption(parties, appId));
    }

    /** What speaks against a change of how the customer can be asked: by whom, with which code, on which device. */
    public static Optional<Objection> toSettings(Circumstances circumstances) {
        return impersonated(circumstances)
                .or(() -> refused(
                        circumstances.presence() == Presence.OFFLINE || circumstances.presence() == Presence.NONE,
                        Reason.OFFLINE));
    }

    /** What speaks against taking back what was granted or set up. Staff do that in their own name. */
    public static Optional<Objection> toTakingBack(Circumstances circumstances) {
        return impersonated(circumstances);
    }

    /** What speaks against an answer that was taken before: whoever it came from may have been shut out since. */
    public Optional<Objection> toRedemption(Parties parties, String appId) {
        return refused(!register.isEnabled(parties.customer()), Reason.CUSTOMER_DISABLED)
                .or(() -> refused(register.isDisabled(parties.realmId(), parties.clientId()), Reason.ASKER_DISABLED))
                .or(() -> refused(appId != null && !register.isEnabled(parties.realmId(), appId), Reason.APP_DISABLED));
    }

    /**
     * What speaks against an answer to a question, and against tokens for it, by when it was asked: what a client asked
     * before it was switched off does not come back with it.
     */
    public Optional<Objection> toQuestion(Parties parties, Instant asked) {
        return refused(register.voids(parties.realmId(), parties.clientId(), asked), Reason.ASKER_DISABLED);
    }

    private static Optional<Objection> impersonated(Circumstances circumstances) {
        return refused(circumstances.presence() == Presence.IMPERSONATED, Reason.IMPERSONATED);
    }

    private Optional<Objection> lockedOut(Parties parties, Circumstances circumstances) {
        return refused(
                circumstances.presence() != Presence.SERVER && register.isLockedOut(parties.customer()),
                Reason.LOCKED_OUT);
    }

    private Optional<Objection> weakLogin(Parties parties, String appId, Circumstances circumstances, Demand demand) {
        if (circumstances.presence() == Presence.SERVER) {
            return Optional.empty();
        }
        boolean tooOld = demand.oldestLogin()
                .filter(oldest -> circumstances.authTime() == null
                        || circumstances.authTime().plus(oldest).isBefore(clock.instant()))
                .isPresent();
        if (demand.acrs().isEmpty() && demand.acrValues().isEmpty() && !tooOld) {
            return Optional.empty();
        }
        Levels levels = register.levels(parties.realmId(), appId);
        boolean reachesRules = demand.acrs().stream().allMatch(acr -> levels.reaches(circumstances.acr(), acr));
        Levels ofAsker = register.levels(parties.realmId(), parties.clientId());
        List<String> wish = demand.acrValues().stream()
                .map(acr -> levels.named(acr, ofAsker))
                .toList();
        boolean reachesWish = wish.isEmpty() || wish.stream().anyMatch(acr -> levels.reaches(circumstances.acr(), acr));
        if (!tooOld && reachesRules && reachesWish) {
            return Optional.empty();
        }
        Set<String> wanted = new LinkedHashSet<>(demand.acrs());
        if (!reachesWish) {
            wanted.addAll(wish);
        }
        return Optional.of(new WeakLogin(levels.reachable(wanted), demand.oldestLogin()));
    }

    private static Optional<Objection> refused(boolean refused, Reason reason) {
        return refused ? Optional.of(new Refused(reason)) : Optional.empty();
    }

    /**
     * What a login has to be.
     *
     * @param acrs each of which it has to reach
     * @param oldestLogin how long ago it was at the most
     * @param acrValues of which it has to reach one; empty where it needs none
     */
    private record Demand(Set<String> acrs, Optional<Duration> oldestLogin, List<String> acrValues) {}
}
