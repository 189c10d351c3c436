package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Changed;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.permission.change.ChangeRules;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Draft;
import io.assent.permission.change.InvalidChangeException;
import io.assent.permission.change.Kind;
import io.assent.permission.change.NamedScope;
import io.assent.permission.change.Outcome;
import io.assent.permission.change.Replacement;
import io.assent.rules.ConsentRules;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A consent follows the changes of the bank's permissions; what becomes of a grant is in {@link Changes}. */
class FollowTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final Draft SPLIT = draft("split", Kind.SPLIT, List.of("a"), List.of("b", "c"));
    private static final Draft RETIRE = draft("retire", Kind.RETIRE, List.of("x"), List.of());

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private final Consents consents =
            new Consents(store, parties -> ConsentRules.DEFAULT, details -> Optional.empty(), () -> now, events::add);

    private static Draft draft(String id, Kind kind, List<String> from, List<String> to) {
        return new Draft(id, kind, from, to, 30, false, false);
    }

    private static Draft undone(Draft draft) {
        return new Draft(draft.id(), draft.kind(), draft.from(), draft.to(), draft.windowDays(), true, draft.silent());
    }

    private Changes changes(Changes before, Draft... drafts) {
        try {
            return new ChangeRules(before, name -> Optional.of(new NamedScope("id-" + name, name)), now)
                    .check(List.of(drafts));
        } catch (InvalidChangeException e) {
            throw new AssertionError(e);
        }
    }

    private Changes changes(Draft... drafts) {
        return changes(Changes.NONE, drafts);
    }

    private Consent granted(String... names) {
        Consent consent = consents.grantOwn(PARTIES, "request", access(names), "session");
        events.clear();
        return consent;
    }

    private static Access access(String... names) {
        return Access.to(Arrays.stream(names)
                .map(name -> new GrantedPermission("id-" + name, name))
                .toList());
    }

    private Consent follow(Consent consent, Changes changes) {
        now = now.plusSeconds(60);
        return consents.follow(consents.find("bank", consent.id()).orElseThrow(), changes, scope -> true);
    }

    @Test
    void itGrantsTheNewPermissionsAndTheHistoryKeepsTheOldOnes() {
        Consent before = granted("a", "y");

        Consent after = follow(before, changes(SPLIT));

        assertThat(after.names()).containsExactlyInAnyOrder("b", "c", "y");
        assertThat(after.scopeIds()).containsExactlyInAnyOrder("id-b", "id-c", "id-y");
        assertThat(after.term()).isEqualTo(before.term());
        assertThat(after.session()).isEqualTo(before.session());
        assertThat(consents.find("bank", before.id())).contains(after);
        assertThat(events).containsExactly(new Changed(after, Set.of("a", "y")));
        ConsentRecord line = consents.history(after).get(1);
        assertThat(line.type()).isEqualTo(ConsentRecord.Type.CHANGED);
        assertThat(line.by()).isEqualTo(Actor.SYSTEM);
        assertThat(line.replaced())
                .containsExactly(new Replacement(
                        "split",
                        List.of(new NamedScope("id-a", "a")),
                        List.of(new NamedScope("id-b", "b"), new NamedScope("id-c", "c")),
                        false));
    }

    @Test
    void asOftenAsItIsAskedItFollowsOnce() {
        Changes changes = changes(SPLIT);
        Consent once = follow(granted("a"), changes);
        events.clear();

        assertThat(follow(once, changes)).isEqualTo(once);
        // as read before the change, by whoever comes late
        assertThat(events).isEmpty();
        assertThat(consents.history(once)).hasSize(2);
    }

    @Test
    void whoReadItBeforeSomebodyElseChangedItSeesWhatIsThereNow() {
        Consent read = granted("a", "y");
        consents.narrow(PARTIES.customer(), read.id(), Set.of("y"), Actor.CUSTOMER);
        events.clear();

        Consent now = consents.follow(read, changes(SPLIT), scope -> true);

        assertThat(now.names()).containsExactly("y");
        assertThat(events).isEmpty();
    }

    @Test
    void whatWouldEndIsToldFromWhatWouldLoseAPart() {
        Changes changes = changes(SPLIT, RETIRE);

        assertThat(consents.outcome(granted("x"), changes, scope -> true)).isEqualTo(Outcome.ENDS);
        assertThat(consents.outcome(granted("x", "y"), changes, scope -> true)).isEqualTo(Outcome.LOSES);
        assertThat(consents.outcome(granted("a"), changes, scope -> true)).isEqualTo(Outcome.MAPPED);
        assertThat(consents.outcome(granted("y"), changes, scope -> true)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void withNothingLeftItEnds() {
        Consent ended = follow(granted("x"), changes(RETIRE));

        assertThat(ended.status()).isEqualTo(ConsentStatus.REVOKED);
        assertThat(events).containsExactly(new Ended(ended, Actor.SYSTEM));
        assertThat(follow(ended, changes(RETIRE))).isEqualTo(ended);
    }

    @Test
    void whatIsGoodForOneTokenAndWhatIsOverStayAsTheyAre() {
        Consent once = consents.grantOnce(PARTIES, "another", access("a"), new TokenSession("session", true));
        assertThat(follow(once, changes(SPLIT))).isEqualTo(once);

        Consent over = granted("a");
        now = now.plus(Duration.ofDays(181));
        assertThat(follow(over, changes(SPLIT)).names()).containsExactly("a");
    }

    @Test
    void whatIsUndoneIsAsItWas() {
        Changes changes = changes(SPLIT, RETIRE);
        Consent before = granted("a", "x");
        Consent mapped = follow(before, changes);
        assertThat(mapped.names()).containsExactlyInAnyOrder("b", "c");

        Changes back = changes(changes, undone(SPLIT), undone(RETIRE));
        Consent restored = follow(mapped, back);

        assertThat(restored.names()).isEqualTo(before.names());
        assertThat(restored.scopeIds()).isEqualTo(before.scopeIds());
        assertThat(follow(restored, back)).isEqualTo(restored);
    }

    @Test
    void aNoCountsByWhateverNameAPermissionGoes() {
        Changes changes = changes(SPLIT);
        Consent followed = follow(granted("a", "y"), changes);
        Consent late =
                consents.grantOwn(new Parties("bank", "acme", "bob"), "another", access("a", "y"), "another-session");

        // asked by the old name before the change
        consents.takeBack(PARTIES, Set.of("a"), ClaimLimits.NONE, changes, scope -> true, Actor.CUSTOMER);
        // asked by a new name, before the consent followed
        consents.takeBack(late.parties(), Set.of("b"), ClaimLimits.NONE, changes, scope -> true, Actor.CUSTOMER);

        assertThat(consents.find("bank", followed.id()).orElseThrow().names()).containsExactly("y");
        Consent rest = follow(consents.find("bank", late.id()).orElseThrow(), changes);
        assertThat(rest.names()).containsExactlyInAnyOrder("c", "y");
    }

    @Test
    void whatWasRenamedAndRetiredAtOnceComesBackByUndoingTheLatter() {
        Draft rename = draft("rename", Kind.RENAME, List.of("a"), List.of("b"));
        Draft retire = draft("retire", Kind.RETIRE, List.of("b"), List.of());
        Changes changes = changes(rename, retire);
        Consent retired = follow(granted("a", "y"), changes);
        assertThat(retired.names()).containsExactly("y");

        Consent back = follow(retired, changes(changes, rename, undone(retire)));

        assertThat(back.names()).containsExactlyInAnyOrder("b", "y");
    }

    @Test
    void whatIsRefusedDoesNotComeBackByUndoing() {
        Changes changes = changes(RETIRE);
        Consent retired = follow(granted("x", "y"), changes);
        Changes back = changes(changes, undone(RETIRE));

        consents.takeBack(PARTIES, Set.of("x"), ClaimLimits.NONE, back, scope -> true, Actor.CUSTOMER);

        assertThat(follow(retired, back).names()).containsExactly("y");
    }

    @Test
    void whatWasGrantedForSomeClaimsIsGrantedForNoOthersByAnotherName() {
        ClaimSet born = new ClaimSet(Map.of("birthdate", Set.of()));
        Changes changes = changes(SPLIT, draft("merge", Kind.MERGE, List.of("b", "y"), List.of("m")), RETIRE);
        Consent before = consents.grantOwn(
                PARTIES,
                "request",
                Access.to(List.of(
                        new GrantedPermission("id-a", "a", Optional.of(born)),
                        new GrantedPermission("id-y", "y"),
                        new GrantedPermission("id-x", "x", Optional.of(born)))),
                "session");

        Consent after = follow(before, changes);

        assertThat(after.permissions())
                .containsExactlyInAnyOrder(
                        new GrantedPermission("id-c", "c", Optional.of(born)),
                        new GrantedPermission("id-m", "m", Optional.of(born)));
        Consent back = follow(
                after,
                changes(
                        changes,
                        undone(SPLIT),
                        undone(draft("merge", Kind.MERGE, List.of("b", "y"), List.of("m"))),
                        undone(RETIRE)));
        assertThat(back.permissions())
                .as("less than before, and never more")
                .containsExactlyInAnyOrder(
                        new GrantedPermission("id-a", "a", Optional.of(born)),
                        new GrantedPermission("id-y", "y", Optional.of(born)));
    }

    private Consent granted(GrantedPermission... permissions) {
        return consents.grantOwn(PARTIES, "request", Access.to(List.of(permissions)), "session");
    }

    private static GrantedPermission some(String name, String... claims) {
        ClaimSet set = new ClaimSet(Arrays.stream(claims).collect(Collectors.toMap(claim -> claim, claim -> Set.of())));
        return new GrantedPermission("id-" + name, name, Optional.of(set));
    }

    @Test
    void whatIsThereAlreadyIsForTheClaimsOfWhatItReplacesAsWell() {
        Changes rename = changes(draft("rename", Kind.RENAME, List.of("a"), List.of("b")));

        assertThat(follow(granted(some("a", "birthdate"), some("b", "given_name")), rename)
                        .permissions())
                .containsExactly(some("b", "given_name", "birthdate"));
        assertThat(follow(granted(new GrantedPermission("id-a", "a"), some("b", "given_name")), rename)
                        .permissions())
                .as("all of the old one is all of the new one")
                .containsExactly(new GrantedPermission("id-b", "b"));
        assertThat(follow(granted(some("a", "birthdate"), new GrantedPermission("id-b", "b")), rename)
                        .permissions())
                .containsExactly(new GrantedPermission("id-b", "b"));
        assertThat(follow(granted(some("a", "birthdate"), some("b", "given_name")), changes(SPLIT))
                        .permissions())
                .containsExactlyInAnyOrder(some("b", "given_name", "birthdate"), some("c", "birthdate"));
        assertThat(follow(
                                granted(
                                        some("a", "birthdate"),
                                        new GrantedPermission("id-y", "y"),
                                        some("b", "given_name")),
                                changes(draft("merge", Kind.MERGE, List.of("a", "y"), List.of("b"))))
                        .permissions())
                .as("of what was granted as a whole, nothing that the new one may carry besides")
                .containsExactly(some("b", "given_name", "birthdate"));
    }

    @Test
    void whatGotClaimsOnTopKeepsThemAndTheirOldPermissionDoesNotComeBackBesideIt() {
        for (Draft draft : List.of(draft("rename", Kind.RENAME, List.of("a"), List.of("b")), SPLIT)) {
            Changes changes = changes(draft);
            Consent after = follow(granted(some("a", "birthdate"), some("b", "given_name")), changes);

            Consent back = follow(after, changes(changes, undone(draft)));

            assertThat(back.permissions()).isEqualTo(after.permissions());
        }
    }

    @Test
    void whatGotNothingOnTopIsUndoneAsEver() {
        Draft rename = draft("rename", Kind.RENAME, List.of("a"), List.of("b"));
        Changes changes = changes(rename);
        Consent before = granted(new GrantedPermission("id-a", "a"), new GrantedPermission("id-b", "b"));
        Consent after = follow(before, changes);
        assertThat(after.names()).containsExactly("b");

        Consent back = follow(after, changes(changes, undone(rename)));

        assertThat(back.permissions()).containsExactlyInAnyOrderElementsOf(before.permissions());
    }

    @Test
    void whatTheCustomerSaidSomethingAboutSinceStaysAsItIs() {
        Changes changes = changes(SPLIT, RETIRE);
        Consent mapped = follow(granted("a", "x", "y"), changes);
        now = now.plusSeconds(60);
        consents.narrow(PARTIES.customer(), mapped.id(), Set.of("b", "c"), Actor.CUSTOMER);

        Consent same = follow(mapped, changes(changes, undone(SPLIT), undone(RETIRE)));

        assertThat(same.names()).containsExactlyInAnyOrder("b", "c");
    }
}
