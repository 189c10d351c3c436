package io.assent.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.assent.partner.PartnerAccess.Ender;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.text.PackTexts;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartnersTest {

    private static final Parties PARTIES = new Parties("realm", "client", "customer");
    private static final Customer CUSTOMER = PARTIES.customer();

    private final Texts texts = PackTexts.only(Map.ofEntries(
            entry("partner.harvest.pots", "Your pots"),
            entry("partner.harvest.goals", "Your goals"),
            entry("partner.harvest.goals.detail", "By when")));
    private final List<PartnerEvent> events = new ArrayList<>();
    private final KeptInMemory store = new KeptInMemory();
    private PartnerSettings settings = settings("pots", "goals", "wordless");
    private boolean canConnect = true;
    private Instant now = Instant.parse("2026-11-28T09:00:00Z");

    private final Partners partners = new Partners(
            store,
            parties -> parties.clientId().equals("client") ? Optional.ofNullable(settings) : Optional.empty(),
            parties -> canConnect,
            () -> now,
            events::add);

    private static PartnerSettings settings(String... scopes) {
        return settingsOf("id-1", scopes);
    }

    private static PartnerSettings settingsOf(String providerId, String... scopes) {
        return new PartnerSettings(
                providerId,
                "harvest",
                "Harvest",
                new LinkedHashSet<>(List.of(scopes)),
                Set.of("openid", "offline_access"));
    }

    private PartnerAccess want(String... scopes) {
        return ((WishResult.Wanted) partners.want(PARTIES, Set.of(scopes), texts)).access();
    }

    private PartnerAccess connect(String... scopes) {
        return ((ConnectResult.Connected)
                        partners.connect(CUSTOMER, want(scopes).id(), Set.of(scopes), Set.of(scopes)))
                .access();
    }

    @Test
    void whatHasWordsIsOffered() {
        PartnerOffer offer = partners.offer(PARTIES, texts).orElseThrow();

        assertThat(offer.open())
                .containsExactly(
                        new PartnerPermission("pots", "Your pots", null),
                        new PartnerPermission("goals", "Your goals", "By when"));
        assertThat(offer.connected()).isEmpty();
    }

    @Test
    void nothingIsOfferedWhereTheWayIsNotOpen() {
        canConnect = false;
        assertThat(partners.offer(PARTIES, texts)).isEmpty();
        canConnect = true;
        settings = null;
        assertThat(partners.offer(PARTIES, texts)).isEmpty();
        assertThat(partners.offer(new Parties("realm", "other", "customer"), texts))
                .isEmpty();
    }

    @Test
    void onlyWhatIsOfferedCanBeWanted() {
        assertThat(partners.want(PARTIES, Set.of(), texts)).isInstanceOf(WishResult.Nothing.class);
        for (Set<String> chosen : List.of(Set.of("wordless"), Set.of("pots", "admin"), Set.of("openid"))) {
            assertThat(partners.want(PARTIES, chosen, texts)).isInstanceOf(WishResult.NotOffered.class);
        }
        assertThat(store.rows).isEmpty();
    }

    @Test
    void theNewestChoiceTakesThePlaceOfTheOneBefore() {
        PartnerAccess first = want("pots");
        PartnerAccess second = want("goals");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(store.rows).hasSize(1);
        assertThat(partners.wish(CUSTOMER, first.id()).orElseThrow().asked()).containsExactly("goals");
    }

    @Test
    void aWishIsItsCustomersAlonePassesAndFollowsTheAdmin() {
        PartnerAccess wish = want("pots");

        assertThat(partners.wish(new Customer("realm", "other"), wish.id())).isEmpty();
        assertThat(partners.wish(CUSTOMER, UUID.randomUUID().toString())).isEmpty();
        settings = settings("goals");
        assertThat(partners.wish(CUSTOMER, wish.id())).isEmpty();
        settings = settings("pots");
        assertThat(partners.wish(CUSTOMER, wish.id())).isPresent();
        now = now.plus(PartnerAccess.WISH_VALIDITY);
        assertThat(partners.wish(CUSTOMER, wish.id())).isEmpty();
        assertThat(partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("pots")))
                .isInstanceOf(ConnectResult.Unwanted.class);
    }

    @Test
    void whatThePartnerGaveIsConnectedWithoutWhatIsAlwaysAskedFor() {
        PartnerAccess wish = want("pots", "goals");

        ConnectResult result =
                partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("openid", "offline_access", "pots"));

        assertThat(((ConnectResult.Connected) result).access().granted()).containsExactly("pots");
        assertThat(partners.connected(CUSTOMER)).hasSize(1);
        assertThat(events).singleElement().isInstanceOf(PartnerEvent.Connected.class);
    }

    @Test
    void aSecondTokenForTheSameChoiceTakesThePlaceOfTheFirst() {
        PartnerAccess wish = want("pots", "goals");
        partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("pots", "goals"));

        assertThat(partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("pots")))
                .isInstanceOf(ConnectResult.Connected.class);

        assertThat(partners.connected(CUSTOMER)).singleElement().satisfies(access -> assertThat(access.granted())
                .containsExactly("pots"));
        assertThat(partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("admin")))
                .isInstanceOf(ConnectResult.TooMuch.class);
        assertThat(partners.connect(new Customer("realm", "other"), wish.id(), wish.asked(), Set.of("pots")))
                .isInstanceOf(ConnectResult.Unwanted.class);
        partners.end(CUSTOMER, wish.id(), Ender.CUSTOMER);
        assertThat(partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("pots")))
                .isInstanceOf(ConnectResult.Unwanted.class);
    }

    @Test
    void moreThanWasChosenOrNothingOfItIsNotConnected() {
        assertThat(partners.connect(CUSTOMER, want("pots").id(), Set.of("pots"), Set.of("pots", "goals")))
                .isEqualTo(new ConnectResult.TooMuch(Set.of("goals")));
        assertThat(partners.connect(CUSTOMER, want("pots").id(), Set.of("pots"), Set.of("pots", "profile")))
                .isEqualTo(new ConnectResult.TooMuch(Set.of("profile")));
        assertThat(partners.connect(CUSTOMER, want("pots").id(), Set.of("pots"), Set.of("openid")))
                .isEqualTo(new ConnectResult.Nothing());
        assertThat(partners.connected(CUSTOMER)).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void whatIsConnectedIsAskedForAlongAndGivesWay() {
        PartnerAccess first = connect("pots");
        assertThat(partners.offer(PARTIES, texts).orElseThrow().open())
                .extracting(PartnerPermission::scope)
                .containsExactly("goals");

        PartnerAccess wish = want("goals");
        assertThat(wish.asked()).containsExactlyInAnyOrder("pots", "goals");
        partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("goals", "pots"));

        assertThat(partners.connected(CUSTOMER)).extracting(PartnerAccess::id).containsExactly(wish.id());
        assertThat(partners.find(CUSTOMER, first.id()).orElseThrow().end().by()).isEqualTo(Ender.REPLACED);
        assertThat(partners.offer(PARTIES, texts)).isEmpty();
    }

    @Test
    void whatAnAdminTookOutIsAskedForNoMoreAndStandsInNobodysWay() {
        connect("pots");
        settings = settings("goals");

        PartnerAccess wish = want("goals");

        assertThat(wish.asked()).containsExactly("goals");
        assertThat(partners.wish(CUSTOMER, wish.id())).isPresent();
    }

    @Test
    void aLateRepeatEndsNothingNewer() {
        PartnerAccess old = connect("pots");
        Instant end = now;
        partners.end(old, Ender.CUSTOMER);
        now = now.plusSeconds(1);
        PartnerAccess newer = connect("pots");

        partners.endAll(PARTIES, end, Ender.CUSTOMER);
        assertThat(partners.connected(CUSTOMER)).extracting(PartnerAccess::id).containsExactly(newer.id());

        partners.endAll(PARTIES, now, Ender.CUSTOMER);
        assertThat(partners.connected(CUSTOMER)).isEmpty();
    }

    @Test
    void aTabGetsWhatItAskedForThoughAnotherOneChoseAnew() {
        PartnerAccess first = want("pots");
        want("goals");

        ConnectResult result = partners.connect(CUSTOMER, first.id(), first.asked(), Set.of("pots"));

        assertThat(((ConnectResult.Connected) result).access().granted()).containsExactly("pots");
    }

    @Test
    void itEndsOnceAndStaysAsItEnded() {
        PartnerAccess access = connect("pots");
        events.clear();

        assertThat(partners.end(CUSTOMER, access.id(), Ender.CUSTOMER)).get().isInstanceOf(EndResult.Ended.class);
        now = now.plusSeconds(1);
        EndResult again = partners.end(CUSTOMER, access.id(), Ender.STAFF).orElseThrow();

        assertThat(again).isInstanceOf(EndResult.EndedBefore.class);
        assertThat(again.access().end().by()).isEqualTo(Ender.CUSTOMER);
        // also where staff looked before the customer ended it
        assertThat(partners.end(access, Ender.STAFF)).isEqualTo(again);
        assertThat(events).hasSize(1);
        assertThat(partners.use("realm", access.id())).isEmpty();
        assertThat(partners.connected(CUSTOMER)).isEmpty();
    }

    @Test
    void nobodyEndsAnothersAndAWishIsNoAccess() {
        PartnerAccess access = connect("pots");
        PartnerAccess wish = want("goals");

        assertThat(partners.end(new Customer("realm", "other"), access.id(), Ender.CUSTOMER))
                .isEmpty();
        assertThat(partners.end(CUSTOMER, wish.id(), Ender.CUSTOMER)).isEmpty();
        assertThat(partners.use("realm", wish.id())).isEmpty();
        assertThat(partners.use("other", access.id())).isEmpty();
        assertThat(partners.use("realm", access.id())).isPresent();
    }

    @Test
    void nothingIsUsedThatAnAdminTookBack() {
        PartnerAccess access = connect("pots");
        settings = null;

        assertThat(partners.use("realm", access.id())).isEmpty();
    }

    @Test
    void oneAtATimeFetchesATokenAnew() {
        PartnerAccess access = connect("pots");
        Instant until = now.plusSeconds(20);

        assertThat(partners.lease(access, until)).isTrue();
        assertThat(partners.lease(access, until.plusSeconds(1))).isFalse();
        partners.release(access, until.plusSeconds(1));
        assertThat(partners.lease(access, until)).isFalse();
        partners.release(access, until);
        assertThat(partners.lease(access, until)).isTrue();
        // who fetched it is gone
        now = until;
        assertThat(partners.lease(access, now.plusSeconds(20))).isTrue();
        partners.end(access, Ender.CUSTOMER);
        now = now.plusSeconds(20);
        assertThat(partners.lease(access, now.plusSeconds(20))).isFalse();
    }

    @Test
    void whatIsHeldIsConnectedWhateverAnAdminSet() {
        PartnerAccess access = connect("pots");
        settings = null;

        assertThat(partners.hold("realm", access.id())).isPresent();
        partners.end(access, Ender.CUSTOMER);
        assertThat(partners.hold("realm", access.id())).isEmpty();
    }

    @Test
    void allOfAClientEndsAtOnceAndIsToldOfOnceLater() {
        PartnerAccess access = connect("pots");
        events.clear();

        assertThat(partners.endAllOf("realm", "other")).isZero();
        assertThat(partners.connected(CUSTOMER)).hasSize(1);
        assertThat(partners.endAllOf("realm", "client")).isEqualTo(1);

        assertThat(partners.connected(CUSTOMER)).isEmpty();
        assertThat(partners.use("realm", access.id())).isEmpty();
        assertThat(events).isEmpty();
        PartnerAccess untold = partners.untold(10).get(0);
        assertThat(untold.end()).isEqualTo(new PartnerAccess.End(Ender.SYSTEM, now));
        assertThat(partners.end(CUSTOMER, access.id(), Ender.CUSTOMER)).contains(new EndResult.EndedBefore(untold));
        partners.tell(untold);
        partners.tell(untold);
        assertThat(events).containsExactly(new PartnerEvent.Ended(untold));
        assertThat(partners.untold(10)).isEmpty();
    }

    @Test
    void whatCanNotBeToldOfNowComesAfterTheOthers() {
        PartnerAccess failing = connect("pots");
        PartnerAccess other = failing.withId("other");
        store.add(other);
        partners.endAllOf("realm", "client");

        partners.putOff(partners.untold(1).get(0));

        assertThat(partners.untold(10)).extracting(PartnerAccess::id).containsExactly("other", failing.id());
        events.clear();
        assertThat(partners.tellUnlessHeld(partners.untold(1).get(0))).isTrue();
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.access().id()).isEqualTo("other"));
        assertThat(partners.tellUnlessHeld(events.get(0).access())).isFalse();
    }

    @Test
    void whatEndedIsToldOfBeforeTheCustomerConnectsAnew() {
        PartnerAccess old = connect("pots");
        partners.endAllOf("realm", "client");
        events.clear();

        want("pots");

        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.access().id()).isEqualTo(old.id()));
        assertThat(partners.untold(CUSTOMER, "harvest")).isEmpty();
    }

    @Test
    void whatACustomerHasIsToldOfWithTheCustomer() {
        connect("pots");
        partners.endAllByGone("realm", "id-1", "harvest");
        events.clear();

        partners.tellAll(new Customer("realm", "other"));
        assertThat(events).isEmpty();
        partners.tellAll(CUSTOMER);

        assertThat(events).hasSize(1);
    }

    @Test
    void anotherIdentityProviderUnderTheSameAliasIsAnotherPartner() {
        PartnerAccess access = connect("pots");
        PartnerAccess wish = want("goals");

        settings = settingsOf("id-2", "pots", "goals");

        assertThat(partners.use("realm", access.id())).isEmpty();
        assertThat(partners.settings(access)).isEmpty();
        assertThat(partners.wish(CUSTOMER, wish.id())).isEmpty();
        assertThat(partners.connect(CUSTOMER, wish.id(), wish.asked(), Set.of("goals")))
                .isInstanceOf(ConnectResult.Unwanted.class);
        assertThat(partners.granted(CUSTOMER, "id-2")).isEmpty();
        assertThat(partners.offer(PARTIES, texts).orElseThrow().connected()).isEmpty();
        assertThat(want("goals").asked()).containsExactly("goals");
        // the customer has one link under an alias, and ends what is by it
        assertThat(partners.connected(CUSTOMER, "harvest"))
                .extracting(PartnerAccess::id)
                .containsExactly(access.id());
    }

    @Test
    void whatIsWantedGoesWithItsIdentityProvider() {
        PartnerAccess wish = want("pots");

        partners.endAllByGone("realm", "id-1", "harvest");

        assertThat(partners.wish(CUSTOMER, wish.id())).isEmpty();
        assertThat(store.rows).isEmpty();
    }
}
