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
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.request.Redemption;
import io.assent.request.Standing;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
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

    private static final int MOST_BLOCKS = 1_000;

    /** Of a customer, the newest: who answered more often since a change is asked once more. */
    private static final int MOST_ANSWERS = 200;

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
    public static boolean isThereAnythingFor(Collection<NamedScope> granted, Changes changes, Instant now) {
        return changes.asking(now).stream()
                .anyMatch(change -> !changes.missing(change, granted).isEmpty());
    }

    /** Asks the customer for what is not asked yet, and drops what is asked in vain. Safe to repeat. */
    public void catchUp(RealmModel realm, Parties parties) {
        settle(realm, parties);
        ClientModel client = realm.getClientById(parties.clientId());
        UserModel user = session.users().getUserById(realm, parties.userId());
        Instant now = ServerTime.now();
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled()) {
            return;
        }
        Changes changes = ChangedPermissions.of(realm).current();
        for (Change change : changes.asking(now)) {
            if (changes.isAskedFor(change, now)) {
                ConsentRequest known = find(parties, change).orElse(null);
                if (known == null || endedEarly(known, change, now)) {
                    List<NamedScope> more = wanted(client, parties, changes, change, now);
                    if (!more.isEmpty()) {
                        Optional.ofNullable(known).ifPresent(requests::release);
                        ask(client, user, parties, change, more, now);
                    }
                } else {
                    grantIfForgotten(realm, known, now);
                }
            }
        }
    }

    /** Whether the bank ended the question, and not its time: what was the reason may be over. */
    private static boolean endedEarly(ConsentRequest known, Change change, Instant now) {
        return known.status() == ConsentRequestStatus.PENDING
                && known.lapsed(now)
                && known.expiresAt().isBefore(end(change, known.createdAt()));
    }

    /** A node of the version before took the answer, and knew of nothing to do. */
    private void grantIfForgotten(RealmModel realm, ConsentRequest known, Instant now) {
        if (known.status() == ConsentRequestStatus.APPROVED && !known.lapsed(now)) {
            grant(realm, known);
        }
    }

    /** What to ask for, as far as the client can have it and the customer has not said no to it; nothing else. */
    private List<NamedScope> wanted(ClientModel client, Parties parties, Changes changes, Change change, Instant now) {
        List<Consent> standing = consents.live(parties).stream()
                .filter(consent -> !consent.isOneTime() && consent.stands(now))
                .toList();
        List<NamedScope> more = missing(standing, changes, change);
        return !more.isEmpty()
                        && more.stream().allMatch(ChangedPermissions.availableTo(client))
                        && standing.stream().noneMatch(consent -> isRefused(consent, changes, change))
                        && !isDenied(parties, change, names(more))
                        && !isBlocked(parties)
                ? more
                : List.of();
    }

    /** What any of the consents lacks. */
    private static List<NamedScope> missing(List<Consent> standing, Changes changes, Change change) {
        Map<String, NamedScope> missing = new LinkedHashMap<>();
        standing.stream()
                .flatMap(consent -> changes.missing(change, consent.scopes()).stream())
                .forEach(scope -> missing.putIfAbsent(scope.id(), scope));
        return List.copyOf(missing.values());
    }

    private void ask(
            ClientModel client, UserModel user, Parties parties, Change change, List<NamedScope> more, Instant now) {
        String scope = Scopes.join(names(more));
        RequestedPermissions asked = asked(client, user, scope, more);
        if (asked.asked().size() == more.size()) {
            requests.ask(
                    parties,
                    journey(parties, change),
                    new Content(scope, asked, Details.NONE, null, List.of()),
                    Duration.between(now, end(change, now)));
        }
    }

    private static Instant end(Change change, Instant askedAt) {
        return earlier(askedAt.plus(ConsentRequest.LONGEST_AMENDMENT), change.windowEnd());
    }

    /** Whether the customer left it out where it was asked for, or took it back since the change. */
    private boolean isRefused(Consent consent, Changes changes, Change change) {
        Set<String> missing = names(changes.missing(change, consent.scopes()));
        boolean leftOut = !missing.isEmpty()
                && requests.find(consent.parties().realmId(), consent.requestId())
                        .filter(origin ->
                                !Collections.disjoint(origin.permissions().asked(), missing))
                        .isPresent();
        return leftOut
                || consents.history(consent).stream()
                        .anyMatch(line -> line.type() == ConsentRecord.Type.NARROWED
                                && line.by() == Actor.CUSTOMER
                                && !line.at().isBefore(change.since()));
    }

    /** Whether the customer answered the client since the change, and did not grant what was asked for of it. */
    private boolean isDenied(Parties parties, Change change, Set<String> more) {
        return requests.list(parties.customer(), Filter.ALL, Optional.empty(), MOST_ANSWERS).stream()
                .filter(request -> request.parties().equals(parties))
                .anyMatch(request -> request.findDecision()
                        .filter(answer -> !answer.decidedAt().isBefore(change.since()))
                        .filter(answer -> more.stream()
                                .anyMatch(name -> request.permissions().asked().contains(name)
                                        && !answer.granted().contains(name)))
                        .isPresent());
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
        changes.asking(now).forEach(change -> find(parties, change)
                .filter(request -> request.isOpen(now))
                .filter(request -> !changes.isAskedFor(change, now)
                        || isVoid(realm, request)
                        || amended(parties, changes, change, now).isEmpty())
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
                || !more.stream().map(GrantedPermission::scope).allMatch(available(realm, client))
                || !(requests.redeem(new Standing.Approved(approved), scope -> Map.of())
                        instanceof Redemption.Redeemed)) {
            requests.withdraw(approved);
        } else if (widened(amended, approved, more).isEmpty()) {
            throw new IllegalStateException("the consents ended meanwhile: the answer is to be given again");
        }
    }

    /** What the client's tokens can have under the very name by which the customer read it. */
    private static Predicate<NamedScope> available(RealmModel realm, ClientModel client) {
        return ChangedPermissions.availableTo(client)
                .and(scope -> Optional.ofNullable(realm.getClientScopeById(scope.id()))
                        .filter(held -> held.getName().equals(scope.name()))
                        .isPresent());
    }

    private List<Consent> widened(List<Consent> amended, ConsentRequest approved, List<GrantedPermission> more) {
        return amended.stream()
                .flatMap(consent -> consents.widen(consent, approved.id(), more).stream())
                .toList();
    }

    /** The live consents that an amendment adds to, the oldest first; none where its change is undone or over. */
    public List<Consent> amended(RealmModel realm, ConsentRequest amendment) {
        Instant now = ServerTime.now();
        Changes changes = ChangedPermissions.of(realm).current();
        return changes.asking(now).stream()
                .filter(change -> changes.isAskedFor(change, now))
                .filter(change -> journey(amendment.parties(), change).equals(amendment.journey()))
                .flatMap(change -> amended(amendment.parties(), changes, change, now).stream())
                .toList();
    }

    private List<Consent> amended(Parties parties, Changes changes, Change change, Instant now) {
        return consents.live(parties).stream()
                .filter(consent -> consent.canBeWidened(now)
                        && !changes.missing(change, consent.scopes()).isEmpty())
                .toList();
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
