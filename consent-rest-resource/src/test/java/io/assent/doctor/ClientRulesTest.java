package io.assent.doctor;

import static io.assent.doctor.Examples.APP;
import static io.assent.doctor.Examples.OWN;
import static io.assent.doctor.Examples.REALM;
import static io.assent.doctor.Examples.TPP;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.doctor.Examples.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientRulesTest {

    private static final Set<Trait> ASKS = Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED);

    private static List<Finding> found(ClientFacts... clients) {
        return Examples.ids(findings(clients));
    }

    private static Findings findings(ClientFacts... clients) {
        Findings findings = new Findings();
        ClientRules rules = new ClientRules(REALM, findings);
        Stream.of(clients).forEach(rules::examine);
        rules.conclude();
        return findings;
    }

    private static ClientFacts tpp(Set<Trait> traits, String... scopes) {
        return Examples.client("acme", traits, scopes);
    }

    @Test
    void anAppAndATppThatAreSetUpWellHaveNothing() {
        assertThat(found(APP, TPP)).isEmpty();
    }

    @Test
    void aRealmWithoutAnAppAndATppIsTold() {
        assertThat(found()).containsExactly(Finding.NO_APP, Finding.NO_TPP);
        assertThat(found(APP)).containsExactly(Finding.NO_TPP);
        assertThat(found(TPP)).containsExactly(Finding.NO_APP);
    }

    @Test
    void anAppThatIsDisabledOrWithoutTheScopeIsNone() {
        assertThat(found(TPP, Examples.client("app", Set.of(Trait.DISABLED), "consent-app")))
                .containsExactly(Finding.NO_APP);
        assertThat(found(TPP, Examples.client("app", "profile"))).containsExactly(Finding.NO_APP);
    }

    @Test
    void fullScopeIsToldOfWhoAsksAndOfNobodyElse() {
        assertThat(found(APP, tpp(Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED, Trait.FULL_SCOPE), "accounts.balances")))
                .containsExactly(Finding.TPP_FULL_SCOPE);
        // the safeguard does not exempt the bank's own
        assertThat(found(APP, TPP, Examples.client(OWN, Set.of(Trait.FULL_SCOPE), "accounts.balances")))
                .containsExactly(Finding.TPP_FULL_SCOPE);
        assertThat(found(APP, TPP, Examples.client("intranet", Set.of(Trait.FULL_SCOPE), "profile")))
                .isEmpty();
    }

    @Test
    void rolesOfManagementAreToldBesideFullScope() {
        assertThat(found(
                        APP,
                        tpp(Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED, Trait.MANAGEMENT_ROLES), "accounts.balances")))
                .containsExactly(Finding.TPP_MANAGEMENT_ROLES);
        assertThat(found(
                        APP,
                        TPP,
                        Examples.client(OWN, Set.of(Trait.FULL_SCOPE, Trait.MANAGEMENT_ROLES), "accounts.balances")))
                .containsExactly(Finding.TPP_FULL_SCOPE, Finding.TPP_MANAGEMENT_ROLES);
        assertThat(found(
                        APP,
                        TPP,
                        Examples.client("old", Set.of(Trait.DISABLED, Trait.MANAGEMENT_ROLES), "accounts.balances")))
                .isEmpty();
    }

    @Test
    void whoAsksMustNotAnswer() {
        assertThat(found(APP, tpp(ASKS, "accounts.balances", "consent-app")))
                .containsExactly(Finding.TPP_HOLDS_CONSENT_APP);
        // and is not the app either
        assertThat(found(tpp(ASKS, "accounts.balances", "consent-app")))
                .containsExactly(Finding.NO_APP, Finding.TPP_HOLDS_CONSENT_APP);
    }

    @Test
    void permissionsWithoutConsentRequiredAreToldUnlessTheClientIsTheBanksOwn() {
        assertThat(found(APP, tpp(Set.of(Trait.CIBA), "accounts.balances")))
                .containsExactly(Finding.CONSENT_NOT_REQUIRED);
        assertThat(found(APP, TPP, Examples.client("intranet", "accounts.balances")))
                .containsExactly(Finding.CONSENT_NOT_REQUIRED);
        assertThat(found(APP, TPP, Examples.client(OWN, "accounts.balances"))).isEmpty();
    }

    @Test
    void stockScopesThatCustomersAreAskedForAreNamed() {
        Findings findings = findings(APP, tpp(Set.of(Trait.CONSENT_REQUIRED), "accounts.balances", "profile"));

        assertThat(findings.found()).singleElement().satisfies(found -> {
            assertThat(found.finding()).isEqualTo(Finding.TPP_STOCK_SCOPES);
            assertThat(found.about()).containsExactly(new Subject(Subject.Kind.CLIENT, "acme", Optional.of("profile")));
        });
    }

    @Test
    void theTokensOfWhoAsksSayWhoTheCustomerIs() {
        ClientFacts withoutBasic =
                tpp(Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED, Trait.NO_SUBJECT), "accounts.balances");
        ClientFacts machine = Examples.client("job", Set.of(Trait.NO_SUBJECT));

        assertThat(found(APP, withoutBasic)).containsExactly(Finding.TPP_WITHOUT_BASIC);
        assertThat(found(APP, TPP, machine)).as("asks nobody").isEmpty();
    }

    @Test
    void whoMayAskByCibaHasSomethingToAskFor() {
        assertThat(found(APP, tpp(ASKS))).containsExactly(Finding.CIBA_WITHOUT_PERMISSION);
        assertThat(found(APP, tpp(Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED, Trait.DETAILS))))
                .as("details are something")
                .isEmpty();
    }

    @Test
    void aClientThatIsDisabledHasNothing() {
        assertThat(found(
                        APP,
                        TPP,
                        Examples.client(
                                "old",
                                Set.of(Trait.DISABLED, Trait.CIBA, Trait.CONSENT_REQUIRED, Trait.FULL_SCOPE),
                                "consent-app")))
                .isEmpty();
    }

    @Test
    void ofVeryManySomeAreNamedAndAllCounted() {
        Findings findings = findings(Stream.concat(
                        Stream.of(APP, TPP),
                        Stream.iterate(0, number -> number < 5_000, number -> number + 1)
                                .map(number -> Examples.client("intranet-" + number, "accounts.balances")))
                .toArray(ClientFacts[]::new));

        assertThat(findings.found()).singleElement().satisfies(found -> {
            assertThat(found.total()).isEqualTo(5_000);
            assertThat(found.about()).hasSize(20);
        });
    }
}
