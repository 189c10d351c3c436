package io.assent.doctor;

import static io.assent.doctor.Examples.APP;
import static io.assent.doctor.Examples.OWN;
import static io.assent.doctor.Examples.REALM;
import static io.assent.doctor.Examples.TPP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientRulesTest {

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

    private static ClientFacts tpp(boolean ciba, boolean consentRequired, boolean fullScope, String... scopes) {
        return new ClientFacts(
                "acme",
                true,
                ciba || consentRequired,
                ciba,
                consentRequired,
                fullScope,
                false,
                false,
                true,
                Set.of(scopes));
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
        assertThat(found(
                        TPP,
                        new ClientFacts(
                                "app", false, false, false, false, false, false, false, true, Set.of("consent-app"))))
                .containsExactly(Finding.NO_APP);
        assertThat(found(TPP, Examples.client("app", "profile"))).containsExactly(Finding.NO_APP);
    }

    @Test
    void fullScopeIsToldOfWhoAsksAndOfNobodyElse() {
        assertThat(found(APP, tpp(true, true, true, "accounts.balances"))).containsExactly(Finding.TPP_FULL_SCOPE);
        // the safeguard does not exempt the bank's own
        assertThat(found(
                        APP,
                        TPP,
                        new ClientFacts(
                                OWN, true, false, false, false, true, false, false, true, Set.of("accounts.balances"))))
                .containsExactly(Finding.TPP_FULL_SCOPE);
        assertThat(found(
                        APP,
                        TPP,
                        new ClientFacts(
                                "intranet", true, false, false, false, true, false, false, true, Set.of("profile"))))
                .isEmpty();
    }

    @Test
    void whoAsksMustNotAnswer() {
        assertThat(found(APP, tpp(true, true, false, "accounts.balances", "consent-app")))
                .containsExactly(Finding.TPP_HOLDS_CONSENT_APP);
        // and is not the app either
        assertThat(found(tpp(true, true, false, "accounts.balances", "consent-app")))
                .containsExactly(Finding.NO_APP, Finding.TPP_HOLDS_CONSENT_APP);
    }

    @Test
    void permissionsWithoutConsentRequiredAreToldUnlessTheClientIsTheBanksOwn() {
        assertThat(found(APP, tpp(true, false, false, "accounts.balances")))
                .containsExactly(Finding.CONSENT_NOT_REQUIRED);
        assertThat(found(APP, TPP, Examples.client("intranet", "accounts.balances")))
                .containsExactly(Finding.CONSENT_NOT_REQUIRED);
        assertThat(found(APP, TPP, Examples.client(OWN, "accounts.balances"))).isEmpty();
    }

    @Test
    void stockScopesThatCustomersAreAskedForAreNamed() {
        Findings findings = findings(APP, tpp(false, true, false, "accounts.balances", "profile"));

        assertThat(findings.found()).singleElement().satisfies(found -> {
            assertThat(found.finding()).isEqualTo(Finding.TPP_STOCK_SCOPES);
            assertThat(found.about()).containsExactly(new Subject(Subject.Kind.CLIENT, "acme", Optional.of("profile")));
        });
    }

    @Test
    void theTokensOfWhoAsksSayWhoTheCustomerIs() {
        ClientFacts withoutBasic = new ClientFacts(
                "acme", true, true, true, true, false, false, false, false, Set.of("accounts.balances"));
        ClientFacts machine = new ClientFacts("job", true, false, false, false, false, false, false, false, Set.of());

        assertThat(found(APP, withoutBasic)).containsExactly(Finding.TPP_WITHOUT_BASIC);
        assertThat(found(APP, TPP, machine)).as("asks nobody").isEmpty();
    }

    @Test
    void whoMayAskByCibaHasSomethingToAskFor() {
        assertThat(found(APP, tpp(true, true, false))).containsExactly(Finding.CIBA_WITHOUT_PERMISSION);
        assertThat(found(APP, new ClientFacts("acme", true, true, true, true, false, true, false, true, Set.of())))
                .as("details are something")
                .isEmpty();
    }

    @Test
    void aClientThatIsDisabledHasNothing() {
        assertThat(found(
                        APP,
                        TPP,
                        new ClientFacts(
                                "old", false, true, true, true, true, false, false, true, Set.of("consent-app"))))
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
