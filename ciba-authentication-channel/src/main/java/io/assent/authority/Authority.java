package io.assent.authority;

import io.assent.authority.Objection.Reason;
import io.assent.authority.Objection.Refused;
import io.assent.authority.Objection.WeakLogin;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.rules.ConsentRules.Deciding;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
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
                .or(() -> weakLogin(parties, appId, circumstances, acrValues));
    }

    /** What speaks against a no to a request. It gives nothing, and so is taken from a weak login, too. */
    public Optional<Objection> toDenial(Parties parties, String appId, Circumstances circumstances) {
        return toSettings(circumstances).or(() -> toRedemption(parties, appId));
    }

    /** What speaks against a change of how the customer can be asked. */
    public static Optional<Objection> toSettings(Circumstances circumstances) {
        return impersonated(circumstances)
                .or(() -> refused(
                        circumstances.presence() == Presence.OFFLINE || circumstances.presence() == Presence.NONE,
                        Reason.OFFLINE));
    }

    /** What speaks against taking back what was granted. Staff do that in their own name. */
    public static Optional<Objection> toTakingBack(Circumstances circumstances) {
        return impersonated(circumstances);
    }

    /** What speaks against an answer that was taken before: whoever it came from may have been shut out since. */
    public Optional<Objection> toRedemption(Parties parties, String appId) {
        return refused(!register.isEnabled(parties.customer()), Reason.CUSTOMER_DISABLED)
                .or(() -> refused(register.isDisabled(parties.realmId(), parties.clientId()), Reason.ASKER_DISABLED))
                .or(() -> refused(appId != null && !register.isEnabled(parties.realmId(), appId), Reason.APP_DISABLED));
    }

    private static Optional<Objection> impersonated(Circumstances circumstances) {
        return refused(circumstances.presence() == Presence.IMPERSONATED, Reason.IMPERSONATED);
    }

    private Optional<Objection> lockedOut(Parties parties, Circumstances circumstances) {
        return refused(
                circumstances.presence() != Presence.SERVER && register.isLockedOut(parties.customer()),
                Reason.LOCKED_OUT);
    }

    private Optional<Objection> weakLogin(
            Parties parties, String appId, Circumstances circumstances, List<String> acrValues) {
        if (circumstances.presence() == Presence.SERVER) {
            return Optional.empty();
        }
        Deciding rules = register.deciding(parties);
        boolean tooOld = rules.oldestLogin()
                .filter(oldest -> circumstances.authTime() == null
                        || circumstances.authTime().plus(oldest).isBefore(clock.instant()))
                .isPresent();
        if (rules.acrs().isEmpty() && acrValues.isEmpty() && !tooOld) {
            return Optional.empty();
        }
        Levels levels = register.levels(parties.realmId(), appId);
        boolean reachesRules = rules.acrs().stream().allMatch(acr -> levels.reaches(circumstances.acr(), acr));
        Levels ofAsker = register.levels(parties.realmId(), parties.clientId());
        List<String> wish =
                acrValues.stream().map(acr -> levels.named(acr, ofAsker)).toList();
        boolean reachesWish = wish.isEmpty() || wish.stream().anyMatch(acr -> levels.reaches(circumstances.acr(), acr));
        if (!tooOld && reachesRules && reachesWish) {
            return Optional.empty();
        }
        Set<String> wanted = new LinkedHashSet<>(rules.acrs());
        if (!reachesWish) {
            wanted.addAll(wish);
        }
        return Optional.of(new WeakLogin(levels.reachable(wanted), rules.oldestLogin()));
    }

    private static Optional<Objection> refused(boolean refused, Reason reason) {
        return refused ? Optional.of(new Refused(reason)) : Optional.empty();
    }
}
