package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.assent.claim.ClaimSet;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentEvent.Granted;
import io.assent.consent.ConsentEvent.Renewed;
import io.assent.consent.GrantWish.Change;
import io.assent.consent.GrantWish.Refused;
import io.assent.consent.GrantWish.Result;
import io.assent.detail.Details;
import io.assent.permission.change.Changes;
import io.assent.rules.ConsentRules;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about what a client may do with a consent that was given to it. */
class GrantsTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    private final Consents consents =
            new Consents(store, parties -> ConsentRules.DEFAULT, details -> Optional.empty(), () -> now, events::add);

    private static Access permissions(String... names) {
        return Access.to(Stream.of(names)
                .map(name -> new GrantedPermission("id-of-" + name, name))
                .toList());
    }

    private Consent grantOwn(String... names) {
        return consents.grantOwn(PARTIES, "request", permissions(names), "session");
    }

    private Consent found(Consent consent) {
        return store.find(PARTIES.customer(), consent.id()).orElseThrow();
    }

    @Nested
    @DisplayName("find")
    class Find {

        @Test
        void aClientFindsItsOwnWhileItIsLive() {
            Consent consent = grantOwn("balances");

            assertThat(consents.findLive("bank", "acme", consent.id())).hasValue(consent);
            assertThat(consents.findLive("bank", "globe", consent.id())).isEmpty();
            assertThat(consents.findLive("other", "acme", consent.id())).isEmpty();

            now = consent.validUntil();
            assertThat(consents.findLive("bank", "acme", consent.id())).isEmpty();
        }

        @Test
        void whatHasEndedIsNotFound() {
            Consent consent = grantOwn("balances");
            consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER);

            assertThat(consents.findLive("bank", "acme", consent.id())).isEmpty();
        }
    }

    @Nested
    @DisplayName("give back")
    class GiveBack {

        @Test
        void aClientGivesBackItsOwnOnce() {
            Consent consent = grantOwn("balances");

            Consent ended = consents.giveBack("bank", "acme", consent.id()).orElseThrow();
            now = now.plusSeconds(60);
            assertThat(consents.giveBack("bank", "acme", consent.id())).hasValue(ended);

            assertThat(ended.status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(ended.findEnd().orElseThrow().by()).isEqualTo(Actor.TPP);
            assertThat(events).last().isEqualTo(new Ended(ended, Actor.TPP));
            assertThat(consents.history(consent))
                    .extracting(ConsentRecord::type)
                    .containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.REVOKED);
        }

        @Test
        void anothersStands() {
            Consent consent = grantOwn("balances");

            assertThat(consents.giveBack("bank", "globe", consent.id())).isEmpty();
            assertThat(consents.giveBack("other", "acme", consent.id())).isEmpty();

            assertThat(found(consent)).isEqualTo(consent);
        }

        @Test
        void itIsNotLostToAChangeAtTheSameTime() {
            Consent consent = grantOwn("balances", "transactions");
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            consents.giveBack("bank", "acme", consent.id());

            assertThat(found(consent).status()).isEqualTo(ConsentStatus.REVOKED);
        }
    }

    private static GrantParameters sent(String action, String grantId) {
        Map<String, List<String>> parameters = new HashMap<>();
        if (action != null) {
            parameters.put(GrantParameters.ACTION, List.of(action));
        }
        if (grantId != null) {
            parameters.put(GrantParameters.GRANT_ID, List.of(grantId));
        }
        return GrantParameters.of(parameters);
    }

    private static Change change(GrantWish wish) {
        assertThat(wish).isInstanceOf(Change.class);
        return (Change) wish;
    }

    @Nested
    @DisplayName("what a client wants")
    class Wish {

        private final Consent consent = grantOwn("balances");

        private String error(String action, String grantId) {
            GrantWish wish = consents.wish(PARTIES, sent(action, grantId));
            assertThat(wish).isInstanceOf(Refused.class);
            return ((Refused) wish).error();
        }

        @Test
        void whoSaysNothingOrCreateWantsANewOne() {
            assertThat(consents.wish(PARTIES, sent(null, null))).isEqualTo(new GrantWish.New());
            assertThat(consents.wish(PARTIES, sent("create", null))).isEqualTo(new GrantWish.New());
            assertThat(consents.wish(PARTIES, sent(" ", ""))).isEqualTo(new GrantWish.New());
        }

        @Test
        void anActionThatTakesAGrantChangesIt() {
            assertThat(consents.wish(PARTIES, sent("merge", consent.id())))
                    .isEqualTo(new Change(GrantWish.Action.MERGE, consent));
            assertThat(consents.wish(PARTIES, sent("replace", consent.id())))
                    .isEqualTo(new Change(GrantWish.Action.REPLACE, consent));
        }

        @Test
        void whatMakesNoSenseIsInvalid() {
            assertThat(error("update", consent.id())).isEqualTo("invalid_request");
            assertThat(error("MERGE", consent.id())).isEqualTo("invalid_request");
            assertThat(error("merge", null)).isEqualTo("invalid_request");
            assertThat(error("replace", null)).isEqualTo("invalid_request");
            assertThat(error("create", consent.id())).isEqualTo("invalid_request");
            assertThat(error(null, consent.id())).isEqualTo("invalid_request");
        }

        @Test
        void whatTheClientCannotChangeIsUnknown() {
            Consent bobs = consents.grantOwn(
                    new Parties("bank", "acme", "bob"), "request", permissions("balances"), "session");
            Consent globes = consents.grantOwn(
                    new Parties("bank", "globe", "alice"), "request", permissions("balances"), "session");
            Consent ended = grantOwn("transactions");
            consents.giveBack("bank", "acme", ended.id());

            for (String id : List.of(
                    bobs.id(),
                    globes.id(),
                    ended.id(),
                    UUID.randomUUID().toString(),
                    "no-id",
                    "a".repeat(20_000),
                    consent.id().toUpperCase(Locale.ROOT),
                    consent.id() + "\0")) {
                assertThat(error("merge", id)).isEqualTo("invalid_grant_id");
            }
            assertThat(consents.wish("bank", "acme", sent("merge", bobs.id()))).isInstanceOf(Change.class);

            now = consent.validUntil();
            assertThat(error("merge", consent.id())).isEqualTo("invalid_grant_id");
        }

        @Test
        void whatIsThereTwiceOrOutsideOfWhatIsSignedIsInvalid() {
            JsonNode signed = JsonNodeFactory.instance
                    .objectNode()
                    .put(GrantParameters.ACTION, "merge")
                    .put(GrantParameters.GRANT_ID, consent.id());
            JsonNode bare = JsonNodeFactory.instance.objectNode();
            JsonNode list = JsonNodeFactory.instance
                    .objectNode()
                    .set(
                            GrantParameters.ACTION,
                            JsonNodeFactory.instance.arrayNode().add("create"));
            Map<String, List<String>> merge = Map.of(GrantParameters.ACTION, List.of("merge"));
            Map<String, List<String>> twice = Map.of(GrantParameters.ACTION, List.of("create", "create"));

            assertThat(consents.wish(PARTIES, GrantParameters.of(Map.of(), signed)))
                    .isInstanceOf(Change.class);
            assertThat(consents.wish(PARTIES, GrantParameters.of(merge, signed)))
                    .isInstanceOf(Change.class);
            assertThat(consents.wish(PARTIES, GrantParameters.of(Map.of(), bare)))
                    .isEqualTo(new GrantWish.New());
            assertThat(consents.wish(PARTIES, GrantParameters.of(Map.of(), null)))
                    .isEqualTo(new GrantWish.New());
            for (GrantParameters refused : List.of(
                    GrantParameters.of(merge, bare),
                    GrantParameters.of(twice),
                    GrantParameters.of(Map.of(GrantParameters.ACTION, List.of("replace")), signed),
                    GrantParameters.of(Map.of(), list))) {
                assertThat(consents.wish(PARTIES, refused))
                        .isInstanceOfSatisfying(
                                Refused.class, why -> assertThat(why.error()).isEqualTo("invalid_request"));
            }
        }

        @Test
        void theBrowserChangesWhatWasGrantedInTheBrowser() {
            Consent shared =
                    consents.grantShared(PARTIES, "request", permissions("details"), permissions("details"), "login");

            assertThat(consents.wish(PARTIES, sent("merge", shared.id())).inTheBrowser())
                    .isInstanceOf(Change.class);
            assertThat(consents.wish(PARTIES, sent("merge", consent.id())).inTheBrowser())
                    .isInstanceOfSatisfying(
                            Refused.class, why -> assertThat(why.error()).isEqualTo("invalid_request"));
        }
    }

    @Nested
    @DisplayName("change")
    class Changed {

        private final Consent before = grantOwn("balances", "transactions");

        private Optional<Consent> change(String action, String... permissions) {
            return changed(consents.change(
                    GrantsTest.change(consents.wish(PARTIES, sent(action, before.id()))),
                    "another request",
                    permissions(permissions),
                    "another session"));
        }

        private static Optional<Consent> changed(Result result) {
            return result instanceof Result.Changed changed ? Optional.of(changed.consent()) : Optional.empty();
        }

        private static Access details(String filling) {
            return new Access(
                    List.of(),
                    Details.parse("[{\"type\":\"account_information\",\"note\":\"" + filling.repeat(8_000) + "\"}]"));
        }

        @Test
        void aGrantHasNoMoreDetailsThanAreKept() {
            for (String request : List.of("1", "2", "3", "4")) {
                assertThat(merge(before, request, details(request))).isInstanceOf(Result.Changed.class);
            }
            Consent full = found(before);

            assertThat(merge(before, "5", details("5"))).isEqualTo(new Result.TooManyDetails());
            assertThat(found(before)).isEqualTo(full);
            assertThat(merge(before, "6", permissions("payments"))).isInstanceOf(Result.Changed.class);
            assertThat(found(before).details()).isEqualTo(full.details());
        }

        private Result merge(Consent into, String request, Access access) {
            return consents.change(
                    GrantsTest.change(consents.wish(PARTIES, sent("merge", into.id()))), request, access, request);
        }

        @Test
        void aMergeAddsAndKeepsTheId() {
            now = now.plus(Duration.ofDays(30));

            Consent after = change("merge", "details").orElseThrow();

            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.names()).containsExactly("balances", "transactions", "details");
            assertThat(after.requestId()).isEqualTo("another request");
            assertThat(after.session()).isEqualTo(new TokenSession("another session", true));
            assertThat(found(after)).isEqualTo(after);
            assertThat(events).endsWith(new Granted(after), new Renewed(after, before.session(), "another session"));
            assertThat(consents.history(after)).hasSize(2);
        }

        @Test
        void whatAMergeDidNotAskForStandsNoLongerThanBefore() {
            now = now.plus(Duration.ofDays(30));

            assertThat(change("merge", "details").orElseThrow().validUntil()).isEqualTo(before.validUntil());
            assertThat(change("merge", "details", "balances", "transactions")
                            .orElseThrow()
                            .validUntil())
                    .isEqualTo(now.plus(Duration.ofDays(180)));
        }

        @Test
        void oneClaimMoreProlongsNoOther() {
            Consent some = consents.grantOwn(PARTIES, "request", person("given_name"), "session");
            now = now.plus(Duration.ofDays(30));

            Change merge = GrantsTest.change(consents.wish(PARTIES, sent("merge", some.id())));
            Consent more = changed(consents.change(merge, "more", person("birthdate"), "another session"))
                    .orElseThrow();
            assertThat(more.access()).isEqualTo(person("given_name", "birthdate"));
            assertThat(more.validUntil()).isEqualTo(some.validUntil());

            Consent all = changed(consents.change(merge, "all", person("birthdate", "given_name"), "a third"))
                    .orElseThrow();
            assertThat(all.validUntil()).isEqualTo(now.plus(Duration.ofDays(180)));
        }

        @Test
        void oneClaimMoreInTheBrowserProlongsNoOther() {
            Consent some =
                    consents.grantShared(PARTIES, "request", person("given_name"), person("given_name"), "login");
            now = now.plus(Duration.ofDays(30));

            Consent more = consents.grantShared(
                    PARTIES, "more", person("given_name", "birthdate"), person("birthdate"), "login");

            assertThat(more.validUntil()).isEqualTo(some.validUntil());
            assertThat(consents.answers(more)).containsExactly("more", "request");
        }

        @Test
        void aNoToAClaimLeavesTheOthers() {
            Consent some = consents.grantOwn(PARTIES, "request", person("given_name", "birthdate"), "session");

            refuse("family_name");
            assertThat(found(some)).isEqualTo(some);
            refuse("birthdate", "family_name");
            assertThat(found(some).access()).isEqualTo(person("given_name"));
            refuse("given_name");
            assertThat(found(some).status()).isEqualTo(ConsentStatus.REVOKED);
        }

        @Test
        void aNoToAClaimIsOneToTheWholeThatCanNotBeTakenApart() {
            Consent whole = consents.grantOwn(PARTIES, "request", permissions("person", "balances"), "session");

            refuse("family_name");

            assertThat(found(whole).names()).containsExactly("balances");
        }

        @Test
        void whatIsTakenBackIsToldByItsClaims() {
            consents.grantOwn(PARTIES, "request", person("given_name", "birthdate"), "session");

            refuse("birthdate");

            assertThat(events)
                    .last()
                    .asInstanceOf(type(ConsentEvent.Narrowed.class))
                    .satisfies(narrowed -> {
                        assertThat(narrowed.lost()).isEqualTo(person("birthdate"));
                        assertThat(narrowed.takenBack()).isEmpty();
                    });
        }

        @Test
        void whatProvesAClaimIsTheAnswerThatGrantedIt() {
            consents.grantOwn(PARTIES, "family name", person("family_name"), "session");
            consents.grantOwn(PARTIES, "birthdate", person("birthdate"), "another session");

            Consent shared = consents.grantShared(PARTIES, "newest", person("family_name"), permissions(), "login");

            assertThat(shared.requestId()).isEqualTo("family name");
            assertThat(consents.answers(shared)).containsExactly("family name");
        }

        private void refuse(String... claims) {
            consents.takeBack(
                    PARTIES, Set.of("person"), person(claims).claims(), Changes.NONE, scope -> true, Actor.CUSTOMER);
        }

        private Access person(String... claims) {
            Map<String, Set<JsonNode>> some = new LinkedHashMap<>();
            Stream.of(claims).forEach(claim -> some.put(claim, Set.of()));
            return Access.to(List.of(new GrantedPermission("id-of-person", "person", Optional.of(new ClaimSet(some)))));
        }

        @Test
        void aReplacementIsWhatIsGrantedNowAndStandsAnew() {
            now = now.plus(Duration.ofDays(30));

            Consent after = change("replace", "details").orElseThrow();

            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.names()).containsExactly("details");
            assertThat(after.validUntil()).isEqualTo(now.plus(Duration.ofDays(180)));
            assertThat(change("replace")).isEmpty();
            assertThat(found(after)).isEqualTo(after);
        }

        @Test
        void whatEndedMeanwhileIsNotChanged() {
            Change wish = GrantsTest.change(consents.wish(PARTIES, sent("merge", before.id())));
            consents.giveBack("bank", "acme", before.id());

            assertThat(consents.change(wish, "another request", permissions("details"), "another session"))
                    .isEqualTo(new Result.Ended());
            assertThat(found(before).status()).isEqualTo(ConsentStatus.REVOKED);
        }

        @Test
        void whatIsTakenBackAtTheSameTimeIsNotMergedBackIn() {
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            assertThat(change("merge", "details").orElseThrow().names()).containsExactly("transactions", "details");
        }

        @Test
        void anEndAtTheSameTimeWins() {
            store.beforeNextUpdate(() -> consents.giveBack("bank", "acme", before.id()));

            assertThat(change("merge", "details")).isEmpty();
        }

        @Test
        void theBrowsersConsentMovesToItsNewSession() {
            Consent shared =
                    consents.grantShared(PARTIES, "request", permissions("details"), permissions("details"), "login");

            Consent after = changed(consents.change(
                            GrantsTest.change(consents.wish(PARTIES, sent("merge", shared.id()))),
                            "another request",
                            permissions("payments"),
                            "another session"))
                    .orElseThrow();

            assertThat(after.session()).isEqualTo(new TokenSession("another session", true));
            assertThat(consents.shared(PARTIES)).isEmpty();
            assertThat(events).last().isEqualTo(new Renewed(after, shared.session(), "another session"));
        }
    }

    @Nested
    @DisplayName("reissue")
    class Reissued {

        private final Consent before = grantOwn("balances", "transactions");

        private Optional<Consent> reissue() {
            return consents.reissue(PARTIES, "request", "another session");
        }

        @Test
        void itsTokensMoveAndNothingElseChanges() {
            now = now.plusSeconds(10);

            Consent after = reissue().orElseThrow();

            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.permissions()).isEqualTo(before.permissions());
            assertThat(after.term()).isEqualTo(before.term());
            assertThat(found(after)).isEqualTo(after);
            assertThat(events).endsWith(new Renewed(after, before.session(), "another session"));
            assertThat(consents.history(after)).hasSize(1);
            assertThat(after.hangsOn("another session")).isTrue();
            assertThat(after.hangsOn("session")).isFalse();
        }

        @Test
        void tokensOfTheSessionBeforeAreOverEvenIfTheirSessionIsThere() {
            reissue();

            assertThat(consents.isOver("bank", before.id(), "session")).isTrue();
            assertThat(consents.isOver("bank", before.id(), "another session")).isFalse();
        }

        @Test
        void whatEndedOrWasOfAnotherRequestIsNotReissued() {
            assertThat(consents.reissue(PARTIES, "another request", "another session"))
                    .isEmpty();
            consents.giveBack("bank", "acme", before.id());
            assertThat(reissue()).isEmpty();
        }

        @Test
        void whatWasPartlyForOneTokenIsNotReissued() {
            Consent once =
                    consents.grantOnce(PARTIES, "request", permissions("payments"), new TokenSession("session", true));
            assertThat(reissue()).isEmpty();
            consents.consume(once);

            assertThat(reissue()).isEmpty();
        }

        @Test
        void whatIsTakenBackAtTheSameTimeStaysTakenBack() {
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            assertThat(reissue().orElseThrow().names()).containsExactly("transactions");
        }

        @Test
        void anEndAtTheSameTimeWins() {
            store.beforeNextUpdate(() -> consents.giveBack("bank", "acme", before.id()));

            assertThat(reissue()).isEmpty();
        }

        @Test
        void ofTwoAtOnceTheLaterEndsTheTokensOfTheEarlier() {
            store.beforeNextUpdate(() -> consents.reissue(PARTIES, "request", "earlier session"));

            Consent after = reissue().orElseThrow();

            assertThat(events)
                    .last()
                    .isEqualTo(new Renewed(after, new TokenSession("earlier session", true), "another session"));
        }
    }
}
