package io.assent.amendment;

import io.assent.authority.Authority;
import io.assent.block.Blocks;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.detail.Details;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.permission.change.Change;
import io.assent.permission.change.ChangedPermissions;
import io.assent.permission.change.Changes;
import io.assent.permission.change.NamedScope;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.Redemption;
import io.assent.request.Standing;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The door to amendments. For a customer, a client and a change there is one question, whatever becomes of it: its yes
 * counts for each of the client's consents that the change adds to. It is asked while the change's window is open, and
 * it goes where there is no such consent any more. Belongs to the caller's transaction.
 */
public final class Amendments {

    /** How long it can be answered, at the most; no vendor keeps a push for longer. */
    static final Duration OPEN = Duration.ofDays(28);

    private static final int MOST_BLOCKS = 1_000;

    private final KeycloakSession session;
    private final Consents consents;
    private final ConsentRequests requests;

    private Amendments(KeycloakSession session) {
        this.session = session;
        consents = Consents.of(session);
        requests = ConsentRequests.of(session);
    }

    public static Amendments of(KeycloakSession session) {
        return new Amendments(session);
    }

    /** Whether there may be something to ask about a consent, or was. */
    public static boolean isThereAnythingFor(Consent consent, Changes changes) {
        return widening(changes).anyMatch(change -> change.from().stream()
                .anyMatch(scope -> consent.scopeIds().contains(scope.id())));
    }

    private static Stream<Change> widening(Changes changes) {
        return changes.all().stream().filter(Change::isWidening);
    }

    /** Asks the customer for what is not asked yet, and drops what is asked in vain. Safe to repeat. */
    public void catchUp(RealmModel realm, Consent consent) {
        Parties parties = consent.parties();
        settle(realm, parties);
        ClientModel client = realm.getClientById(parties.clientId());
        UserModel user = session.users().getUserById(realm, parties.userId());
        Instant now = ServerTime.now();
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled() || !canBeAddedTo(consent, now)) {
            return;
        }
        Changes changes = ChangedPermissions.of(realm).current();
        widening(changes)
                .filter(change -> !change.silent() && changes.isAskedFor(change, now))
                .forEach(change -> find(parties, change)
                        .ifPresentOrElse(
                                known -> grantIfForgotten(realm, known, now),
                                () -> ask(consent, change, client, user, now)));
    }

    /** A node of the version before took the answer, and knew of nothing to do. */
    private void grantIfForgotten(RealmModel realm, ConsentRequest known, Instant now) {
        if (known.status() == ConsentRequestStatus.APPROVED && !known.lapsed(now)) {
            grant(realm, known);
        }
    }

    private void ask(Consent consent, Change change, ClientModel client, UserModel user, Instant now) {
        List<NamedScope> more = change.missing(consent.scopes());
        if (more.isEmpty()
                || !more.stream().allMatch(ChangedPermissions.availableTo(client))
                || isRefused(consent, change, more)
                || isBlocked(consent.parties())) {
            return;
        }
        String scope = Scopes.join(names(more));
        RequestedPermissions asked = asked(client, user, scope, more);
        if (asked.asked().size() == more.size()) {
            requests.ask(
                    consent.parties(),
                    journey(consent.parties(), change),
                    new Content(scope, asked, Details.NONE, null, List.of()),
                    Duration.between(now, earlier(now.plus(OPEN), change.windowEnd())));
        }
    }

    /** Whether the customer left it out where it was asked for, or took it back since the change. */
    private boolean isRefused(Consent consent, Change change, List<NamedScope> more) {
        boolean leftOut = requests.find(consent.parties().realmId(), consent.requestId())
                .filter(origin -> !Collections.disjoint(origin.permissions().asked(), names(more)))
                .isPresent();
        return leftOut
                || consents.history(consent).stream()
                        .anyMatch(line -> line.type() == ConsentRecord.Type.NARROWED
                                && line.by() == Actor.CUSTOMER
                                && !line.at().isBefore(change.since()));
    }

    private boolean isBlocked(Parties parties) {
        return Blocks.of(session).list(parties.customer(), Optional.empty(), MOST_BLOCKS).stream()
                .anyMatch(block -> block.parties().equals(parties));
    }

    /** What of it the customer's tokens can have: not what is for customers in a role alone. */
    private RequestedPermissions asked(ClientModel client, UserModel user, String scope, List<NamedScope> more) {
        RequestedPermissions all = new PermissionCatalogue(session).requested(client.getRealm(), client, user, scope);
        Set<String> others = new LinkedHashSet<>(all.asked());
        more.stream()
                .filter(one -> one.id().equals(all.scopeIds().get(one.name())))
                .forEach(one -> others.remove(one.name()));
        return all.without(others);
    }

    /** Drops the questions that nobody needs to answer any more. Safe to repeat. */
    public void settle(RealmModel realm, Parties parties) {
        Changes changes = ChangedPermissions.of(realm).current();
        Instant now = ServerTime.now();
        widening(changes).forEach(change -> find(parties, change)
                .filter(request -> request.isOpen(now))
                .filter(request -> !changes.isAskedFor(change, now)
                        || isVoid(realm, request)
                        || consents.live(parties).stream()
                                .noneMatch(consent -> !consent.isOneTime()
                                        && !consent.isOver(now)
                                        && !change.missing(consent.scopes()).isEmpty()))
                .ifPresent(requests::drop));
    }

    private boolean isVoid(RealmModel realm, ConsentRequest request) {
        ClientModel client = realm.getClientById(request.parties().clientId());
        return client == null
                || !client.isEnabled()
                || Authority.of(session)
                        .toQuestion(request.parties(), request.createdAt())
                        .isPresent();
    }

    /**
     * What the customer granted comes on top of the consents, or is taken back where there is none to add to, or the
     * client can't have it any more. No token is made by it.
     */
    void grant(RealmModel realm, ConsentRequest approved) {
        List<Consent> amended = amended(realm, approved);
        ClientModel client = realm.getClientById(approved.parties().clientId());
        List<GrantedPermission> more = granted(approved);
        if (amended.isEmpty()
                || client == null
                || !more.stream().map(GrantedPermission::scope).allMatch(ChangedPermissions.availableTo(client))
                || !(requests.redeem(new Standing.Approved(approved), scope -> Map.of())
                        instanceof Redemption.Redeemed)) {
            requests.withdraw(approved);
        } else if (widened(amended, more).isEmpty()) {
            throw new IllegalStateException("the consents ended meanwhile: the answer is to be given again");
        }
    }

    private List<Consent> widened(List<Consent> amended, List<GrantedPermission> more) {
        return amended.stream()
                .flatMap(consent -> consents.widen(consent, more).stream())
                .toList();
    }

    /** The standing consents that an amendment adds to, the oldest first; none where its change is undone or over. */
    public List<Consent> amended(RealmModel realm, ConsentRequest amendment) {
        Instant now = ServerTime.now();
        Changes changes = ChangedPermissions.of(realm).current();
        return widening(changes)
                .filter(change -> changes.isAskedFor(change, now))
                .filter(change -> journey(amendment.parties(), change).equals(amendment.journey()))
                .flatMap(change -> consents.standingConsents(amendment.parties()).stream()
                        .filter(consent -> canBeAddedTo(consent, now)
                                && !change.missing(consent.scopes()).isEmpty()))
                .toList();
    }

    private static boolean canBeAddedTo(Consent consent, Instant now) {
        return !consent.isOneTime() && consent.stands(now);
    }

    private Optional<ConsentRequest> find(Parties parties, Change change) {
        return requests.find(parties.realmId(), parties.clientId(), journey(parties, change));
    }

    /** Always the same for a customer, a client and a change. */
    private static Journey journey(Parties parties, Change change) {
        String what = String.join(
                " ",
                "amendment",
                parties.realmId(),
                parties.userId(),
                parties.clientId(),
                change.id(),
                change.since().toString());
        return new Journey(
                Journey.AMENDMENT,
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static List<GrantedPermission> granted(ConsentRequest approved) {
        Map<String, String> ids = approved.permissions().scopeIds();
        return approved.decision().granted().stream()
                .map(name -> new GrantedPermission(ids.get(name), name))
                .toList();
    }

    private static Set<String> names(List<NamedScope> scopes) {
        Set<String> names = new LinkedHashSet<>();
        scopes.forEach(scope -> names.add(scope.name()));
        return names;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
