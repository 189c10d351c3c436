package io.assent.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.authority.Objection.Reason;
import io.assent.authority.Objection.Refused;
import io.assent.authority.Objection.WeakLogin;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.rules.ConsentRules.Deciding;
import io.assent.rules.ConsentRules.Enrolling;
import io.assent.rules.ConsentRules.SigningKey;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who may answer, and by what login. */
class AuthorityTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final String APP = "bank-app";
    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Set<String> shutOut = new HashSet<>();
    private final Map<String, Instant> onSince = new HashMap<>();
    private boolean lockedOut;
    private Deciding rules = new Deciding(Set.of(), Optional.empty(), SigningKey.ANY);
    private Enrolling enrolling = new Enrolling(Set.of(), FIVE_MINUTES);
    private final Authority authority = new Authority(new Realm(), () -> NOW);

    private static Circumstances login(Presence presence, String acr, Instant authTime) {
        return new Circumstances(presence, acr, authTime, null, question -> Optional.empty());
    }

    private static Circumstances login(Presence presence) {
        return login(presence, "1", NOW);
    }

    private static Circumstances login(String acr) {
        return login(Presence.CUSTOMER, acr, NOW);
    }

    private Optional<Objection> approval(Circumstances circumstances, String... acrValues) {
        return authority.toApproval(PARTIES, APP, circumstances, List.of(acrValues));
    }

    private Optional<Objection> denial(Circumstances circumstances) {
        return authority.toDenial(PARTIES, APP, circumstances);
    }

    private static void assertRefused(Optional<Objection> objection, Reason reason) {
        assertThat(objection).contains(new Refused(reason));
    }

    @Test
    void aCustomerInALoginOfTheirOwnAnswersWhereNoRuleIsSet() {
        Circumstances known = login(Presence.CUSTOMER, null, null);

        assertThat(approval(known)).isEmpty();
        assertThat(denial(known)).isEmpty();
        assertThat(Authority.toTakingBack(known)).isEmpty();
    }

    @Test
    void anAdminInTheCustomersPlaceChangesNothing() {
        assertRefused(approval(login(Presence.IMPERSONATED)), Reason.IMPERSONATED);
        assertRefused(denial(login(Presence.IMPERSONATED)), Reason.IMPERSONATED);
        assertRefused(Authority.toTakingBack(login(Presence.IMPERSONATED)), Reason.IMPERSONATED);
    }

    @Test
    void withoutALoginOfTheirOwnACustomerTakesBackButDoesNotAnswer() {
        for (Presence presence : List.of(Presence.OFFLINE, Presence.NONE)) {
            assertRefused(approval(login(presence)), Reason.OFFLINE);
            assertRefused(denial(login(presence)), Reason.OFFLINE);
            assertThat(Authority.toTakingBack(login(presence))).isEmpty();
        }
    }

    @Test
    void whoIsLockedOutDeniesAndDoesNotApprove() {
        lockedOut = true;

        assertRefused(approval(login(Presence.CUSTOMER)), Reason.LOCKED_OUT);
        assertThat(denial(login(Presence.CUSTOMER))).isEmpty();
    }

    @Test
    void nobodyWhoIsDisabledHasAPart() {
        shutOut.add("alice");
        assertRefused(approval(login(Presence.CUSTOMER)), Reason.CUSTOMER_DISABLED);
        assertRefused(denial(login(Presence.SERVER)), Reason.CUSTOMER_DISABLED);
        assertRefused(authority.toRedemption(PARTIES, APP), Reason.CUSTOMER_DISABLED);
        shutOut.clear();

        shutOut.add("acme");
        assertRefused(approval(login(Presence.CUSTOMER)), Reason.ASKER_DISABLED);
        assertRefused(authority.toRedemption(PARTIES, APP), Reason.ASKER_DISABLED);
        shutOut.clear();

        shutOut.add(APP);
        assertRefused(approval(login(Presence.CUSTOMER)), Reason.APP_DISABLED);
        assertRefused(authority.toRedemption(PARTIES, APP), Reason.APP_DISABLED);
        assertThat(authority.toRedemption(PARTIES, null)).isEmpty();
    }

    @Test
    void whatAClientAskedBeforeItWasSwitchedOnAgainIsWorthNothing() {
        onSince.put("acme", NOW);

        assertRefused(authority.toQuestion(PARTIES, NOW.minusMillis(1)), Reason.ASKER_DISABLED);
        assertThat(authority.toQuestion(PARTIES, NOW)).isEmpty();
        assertThat(authority.toQuestion(new Parties("bank", "globe", "alice"), NOW.minusMillis(1)))
                .isEmpty();
    }

    @Nested
    @DisplayName("by what login")
    class Login {

        private void demand(Duration oldestLogin, String... acrs) {
            rules = new Deciding(Set.of(acrs), Optional.ofNullable(oldestLogin), SigningKey.ANY);
        }

        private void assertWeak(Optional<Objection> objection, Duration maxAge, String... acrValues) {
            assertThat(objection).contains(new WeakLogin(List.of(acrValues), Optional.ofNullable(maxAge)));
        }

        @Test
        void oneBelowTheRuleIsTooWeak() {
            demand(null, "silver");

            assertWeak(approval(login("bronze")), null, "silver");
            assertWeak(approval(login("0")), null, "silver");
            assertWeak(approval(login((String) null)), null, "silver");
            assertThat(approval(login("silver"))).isEmpty();
            assertThat(approval(login("gold"))).isEmpty();
            assertThat(approval(login("2"))).isEmpty();
            assertThat(denial(login("bronze"))).isEmpty();
        }

        @Test
        void allRulesCountAndTheHighestIsNamedFirst() {
            demand(null, "silver", "gold");

            assertWeak(approval(login("silver")), null, "gold", "silver");
            assertThat(approval(login("gold"))).isEmpty();
        }

        @Test
        void theClientThatAsksNamesLevelsByItsOwnWords() {
            assertThat(approval(login("gold"), "strong")).isEmpty();
            assertWeak(approval(login("silver"), "strong"), null, "3");
            assertThat(approval(login("bronze"), "basic"))
                    .as("which is the level 1 to that client")
                    .isEmpty();
        }

        @Test
        void whatNoLoginReachesIsRefusedAndNotNamed() {
            demand(null, "");

            assertWeak(approval(login("gold")), null);
            assertWeak(approval(login("")), null);
        }

        @Test
        void aNameThatIsAtNoLevelIsReachedByItselfAlone() {
            demand(null, "urn:bank:strong");

            assertThat(approval(login("urn:bank:strong"))).isEmpty();
            assertWeak(approval(login("gold")), null, "urn:bank:strong");
            assertWeak(approval(login("urn:bank:other")), null, "urn:bank:strong");
        }

        @Test
        void oneThatIsOlderThanTheRuleIsTooOld() {
            demand(FIVE_MINUTES);

            assertThat(approval(login(Presence.CUSTOMER, "1", NOW.minus(FIVE_MINUTES))))
                    .isEmpty();
            Circumstances old =
                    login(Presence.CUSTOMER, "1", NOW.minus(FIVE_MINUTES).minusSeconds(1));
            assertWeak(approval(old), FIVE_MINUTES);
            assertWeak(approval(login(Presence.CUSTOMER, "1", null)), FIVE_MINUTES);
            assertThat(denial(old)).isEmpty();
        }

        @Test
        void oneThatIsTooOldIsToldAllThatTheNextOneHasToReach() {
            demand(FIVE_MINUTES, "silver");

            assertWeak(approval(login(Presence.CUSTOMER, "gold", NOW.minusSeconds(301))), FIVE_MINUTES, "silver");
        }

        @Test
        void oneOfWhatTheClientWantsHasToBeReachedBesideTheRules() {
            assertThat(approval(login("silver"), "gold", "silver")).isEmpty();
            assertWeak(approval(login("bronze"), "silver", "gold"), null, "gold", "silver");

            demand(null, "silver");
            assertWeak(approval(login("silver"), "gold"), null, "gold", "silver");
            assertWeak(approval(login("bronze"), "bronze"), null, "silver");
        }

        @Test
        void theServerItselfHasNone() {
            demand(FIVE_MINUTES, "gold");
            lockedOut = true;

            assertThat(approval(Circumstances.UNKNOWN)).isEmpty();
        }
    }

    @Nested
    @DisplayName("who enrols a key")
    class Enrolment {

        private Optional<Objection> enrolment(Circumstances circumstances) {
            return authority.toEnrolment(new Parties("bank", APP, "alice"), circumstances);
        }

        @Test
        void aCustomerInANewLoginDoes() {
            assertThat(enrolment(login(Presence.CUSTOMER, null, NOW.minus(FIVE_MINUTES))))
                    .isEmpty();
        }

        @Test
        void oneThatIsTooOldOrTooWeakOrDoesNotSayDoesNot() {
            enrolling = new Enrolling(Set.of("silver"), FIVE_MINUTES);

            assertThat(enrolment(login("silver"))).isEmpty();
            for (Circumstances bad : List.of(
                    login("bronze"),
                    login((String) null),
                    login(Presence.CUSTOMER, "gold", null),
                    login(Presence.CUSTOMER, "gold", NOW.minus(FIVE_MINUTES).minusMillis(1)))) {
                assertThat(enrolment(bad)).contains(new WeakLogin(List.of("silver"), Optional.of(FIVE_MINUTES)));
            }
        }

        @Test
        void nobodyElseDoes() {
            assertRefused(enrolment(login(Presence.IMPERSONATED)), Reason.IMPERSONATED);
            assertRefused(enrolment(login(Presence.OFFLINE)), Reason.OFFLINE);
            assertRefused(enrolment(login(Presence.NONE)), Reason.OFFLINE);
            lockedOut = true;
            assertRefused(enrolment(login(Presence.CUSTOMER)), Reason.LOCKED_OUT);
        }

        @Test
        void theRulesForAnswersHaveNoSay() {
            rules = new Deciding(Set.of("gold"), Optional.of(Duration.ofSeconds(1)), SigningKey.ANY);

            assertThat(enrolment(login(Presence.CUSTOMER, "1", NOW.minusSeconds(9))))
                    .isEmpty();
        }
    }

    private final class Realm implements Register {

        @Override
        public boolean isEnabled(String realmId, String clientId) {
            return !shutOut.contains(clientId);
        }

        @Override
        public boolean isDisabled(String realmId, String clientId) {
            return shutOut.contains(clientId);
        }

        @Override
        public boolean voids(String realmId, String clientId, Instant asked) {
            return asked.isBefore(onSince.getOrDefault(clientId, Instant.EPOCH));
        }

        @Override
        public boolean isEnabled(Customer customer) {
            return !shutOut.contains(customer.userId());
        }

        @Override
        public boolean isLockedOut(Customer customer) {
            return lockedOut;
        }

        @Override
        public Deciding deciding(Parties parties) {
            return rules;
        }

        @Override
        public Enrolling enrolling(Parties app) {
            assertThat(app.clientId()).isEqualTo(APP);
            return enrolling;
        }

        @Override
        public Levels levels(String realmId, String clientId) {
            Map<String, Integer> ofClient =
                    clientId.equals(APP) ? Map.of("bronze", 1) : Map.of("bronze", 1, "strong", 3, "basic", 1);
            return new Levels(ofClient, Map.of("bronze", 9, "silver", 2, "gold", 3));
        }
    }
}
