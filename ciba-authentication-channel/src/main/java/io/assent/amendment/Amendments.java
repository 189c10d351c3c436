package io.assent.amendment;

import io.assent.authority.Authority;
import io.assent.block.Blocks;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.consent.GrantedPermission;
import io.assent.detail.Details;
import io.assent.offswitch.OffSwitch;
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
        if (client == null || OffSwitch.of(client).isOff() || user == null || !user.isEnabled()) {
            return;
        }
        Changes changes = ChangedPermissions.of(realm).current();
        for (Change change : changes.asking(now)) {
            if (changes.isAskedFor(change, now)) {
                ConsentRequest known = find(parties, change).orElse(null);
                if (known == null || cameToNothing(known, change, now)) {
                    question(client, user, wanted(client, parties, changes, change, now))
                            .ifPresent(asked -> {
                                Optional.ofNullable(known).ifPresent(this::release);
                                ask(parties, change, asked, now);
                            });
                } else {
                    grantIfForgotten(realm, known, now);
                }
            }
        }
    }

    /**
     * Whether the bank ended the question, and not its time, or took back a yes that could not take effect: what was
     * the reason may be over.
     */
    static boolean cameToNothing(ConsentRequest known, Change change, Instant now) {
        return known.status() == ConsentRequestStatus.WITHDRAWN
                || known.status() == ConsentRequestStatus.PENDING
                        && known.lapsed(now)
                        && known.expiresAt().isBefore(end(change, known.createdAt()));
    }

    /** With the lock, as whoever changes something between the two changes a row. */
    private void release(ConsentRequest known) {
        consents.lock(known.parties());
        requests.release(known);
    }

    /** A node of the version before took the answer, and knew of nothing to do. */
    private void grantIfForgotten(RealmModel realm, ConsentRequest known, Instant now) {
        if (known.status() == ConsentRequestStatus.APPROVED && !known.lapsed(now)) {
            consents.lock(known.parties());
            grant(realm, known);
        }
    }

    /** What to ask for, as far as the client can have it and the customer has not said no to it; nothing else. */
    private List<NamedScope> wanted(ClientModel client, Parties parties, Changes changes, Change change, Instant now) {
        List<Consent> standing = consents.live(parties).stream()
                .filter(consent -> !consent.isOneTime() && consent.stands(now))
                .toList();
        List<NamedScope> missing = missing(standing, changes, change);
        Predicate<NamedScope> available = available(client);
        if (missing.stream().noneMatch(available)) {
            return List.of();
        }
        List<ConsentRequest> answers = answers(parties, change);
        List<NamedScope> more = missing.stream()
                .filter(scope -> answers.stream().noneMatch(answer -> isInVain(answer) && leavesOut(answer, scope)))
                .toList();
        return more.stream().allMatch(available)
                        && more.stream().noneMatch(scope -> answers.stream()
                                .anyMatch(answer -> !isInVain(answer) && leavesOut(answer, scope)))
                        && !Blocks.of(session).isBlocked(parties)
                        && standing.stream().noneMatch(consent -> isRefused(consent, changes, change))
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

    private void ask(Parties parties, Change change, RequestedPermissions asked, Instant now) {
        requests.ask(
                parties,
                journey(parties, change),
                new Content(Scopes.join(asked.asked()), asked, Details.NONE, null, List.of()),
                Duration.between(now, end(change, now)));
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

    /** What the customer answered the client since the change. */
    private List<ConsentRequest> answers(Parties parties, Change change) {
        return requests.list(parties.customer(), Filter.ALL, Optional.empty(), MOST_ANSWERS).stream()
                .filter(request -> request.parties().equals(parties))
                .filter(request -> request.findDecision()
                        .filter(answer -> !answer.decidedAt().isBefore(change.since()))
                        .isPresent())
                .toList();
    }

    private static boolean leavesOut(ConsentRequest answered, NamedScope scope) {
        return answered.permissions().asked().contains(scope.name())
                && !answered.decision().granted().contains(scope.name());
    }

    /** A yes that was taken back is asked for again, and what it left out is not: it is no word on the rest. */
    private static boolean isInVain(ConsentRequest answered) {
        return answered.journey().is(Journey.AMENDMENT) && answered.status() == ConsentRequestStatus.WITHDRAWN;
    }

    /**
     * The question, where the customer's tokens can have all of it: not where some is for customers in a role alone.
     */
    private Optional<RequestedPermissions> question(ClientModel client, UserModel user, List<NamedScope> more) {
        if (more.isEmpty()) {
            return Optional.empty();
        }
        RequestedPermissions all =
                new PermissionCatalogue(session).requested(client.getRealm(), client, user, Scopes.join(names(more)));
        Set<String> others = new LinkedHashSet<>(all.asked());
        more.stream()
                .filter(one -> one.id().equals(all.scopeIds().get(one.name())))
                .forEach(one -> others.remove(one.name()));
        return Optional.of(all.without(others)).filter(asked -> asked.asked().size() == more.size());
    }

    /** Drops the questions that nobody needs to answer any more. Safe to repeat. */
    public void settle(RealmModel realm, Parties parties) {
        Changes changes = ChangedPermissions.of(realm).current();
        Instant now = ServerTime.now();
        List<ConsentRequest> inVain = changes.asking(now).stream()
                .flatMap(change -> find(parties, change).stream()
                        .filter(request -> request.isPending(now))
                        .filter(request -> !changes.isAskedFor(change, now)
                                || isVoid(realm, request)
                                || amended(parties, changes, change, now).isEmpty()))
                .toList();
        if (!inVain.isEmpty()) {
            // before a row is changed, as everywhere
            consents.lock(parties);
            inVain.forEach(requests::drop);
        }
    }

    private boolean isVoid(RealmModel realm, ConsentRequest request) {
        ClientModel client = realm.getClientById(request.parties().clientId());
        return client == null
                || OffSwitch.of(client).isOff()
                || !scopes(request, request.permissions().asked()).stream().allMatch(available(client))
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
        List<NamedScope> more = scopes(approved, approved.decision().granted());
        if (amended.isEmpty()
                || client == null
                || !more.stream().allMatch(available(client))
                || !(requests.redeem(new Standing.Approved(approved), scope -> Map.of())
                        instanceof Redemption.Redeemed)) {
            requests.withdraw(approved);
        } else if (widened(amended, approved, more).isEmpty()) {
            throw new IllegalStateException("the consents ended meanwhile: the answer is to be given again");
        }
    }

    /** What the client's tokens can have under the very name by which the customer read it. */
    private static Predicate<NamedScope> available(ClientModel client) {
        return ChangedPermissions.availableTo(client)
                .and(scope -> Optional.ofNullable(client.getRealm().getClientScopeById(scope.id()))
                        .filter(held -> held.getName().equals(scope.name()))
                        .isPresent());
    }

    private List<Consent> widened(List<Consent> amended, ConsentRequest approved, List<NamedScope> more) {
        List<GrantedPermission> granted = more.stream()
                .map(scope -> new GrantedPermission(scope.id(), scope.name()))
                .toList();
        return amended.stream()
                .flatMap(consent -> consents.widen(consent, approved.id(), granted).stream())
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

    /**
     * The names of what came on top of a consent by the customer's yes to what a change adds, as they were then. Of one
     * question at the most, whatever else became of the consent.
     */
    public Set<String> granted(Consent consent, Change change) {
        return find(consent.parties(), change)
                .filter(answered -> answered.status() == ConsentRequestStatus.REDEEMED)
                // the company's other consents may have it, and not this one
                .filter(answered -> consents.isAnsweredBy(consent, answered.id()))
                .map(answered -> answered.decision().granted())
                .orElse(Set.of());
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

    private static List<NamedScope> scopes(ConsentRequest request, Set<String> names) {
        Map<String, String> ids = request.permissions().scopeIds();
        return names.stream().map(name -> new NamedScope(ids.get(name), name)).toList();
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
