package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.partner.BadPartner.Reply;
import io.assent.it.partner.BadPartner.Revocation;
import io.assent.testing.Eventually;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner's token that nobody keeps is revoked, and the partner is asked until it takes it. */
class PartnerRevocationIT {

    private static TwoRealms realms;

    private CustomerOfBoth both;
    private BadPartner partner;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("partner-revocation");
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void makeCustomer() {
        partner = new BadPartner();
        realms.set("partnerRevocationUrl", partner.revoke().toString());
        both = CustomerOfBoth.of(realms);
    }

    @AfterEach
    void close() {
        partner.close();
    }

    private static String account(Revocation revocation) {
        return Tokens.claims(revocation.token()).get("sub").asText();
    }

    @Test
    void aPartnerIsAskedAgainUntilItTakesIt() {
        partner.refusing(
                new Reply(404, "no such page"),
                new Reply(400, "{\"error\":\"invalid_client\"}"),
                new Reply(503, "later"));
        both.connect(POTS);
        String token = realms.activeToken(both.connection());

        both.app().endPartner(both.connection());

        List<Revocation> revocations = partner.awaitRevocations(5);
        assertThat(revocations.subList(0, 4)).containsOnly(revocations.get(0));
        assertThat(revocations.get(0).hint()).isEqualTo("refresh_token");
        assertThat(revocations.get(4)).isEqualTo(new Revocation(token, "access_token"));
    }

    @Test
    void theTokenOfAnotherAccountIsRevoked() {
        both.connect(POTS);
        Customer other = realms.harvest().newCustomer();
        WebClient anew = new WebClient(realms.bank());
        WebPage login = realms.approve(
                anew, anew.open(realms.flow(TRANSACTIONS), both.customer()), List.of(TRANSACTIONS), GOALS);

        assertThat(TwoRealms.why(anew.logIn(login, other))).contains("already connected to another account");

        Revocation revocation = partner.awaitRevocations(1).get(0);
        assertThat(revocation.hint()).isEqualTo("refresh_token");
        assertThat(account(revocation)).isEqualTo(other.id());
        realms.token(both.connection()).ok();
    }

    @Test
    void ofAnAccountThatIsAnotherCustomersTheAccessTokenAloneIsRevoked() {
        both.connect(POTS);
        Customer second = realms.bank().newCustomer();
        WebClient anew = new WebClient(realms.bank());
        WebPage login = realms.approve(anew, anew.open(realms.flow(BALANCES), second), List.of(BALANCES), POTS);

        assertThat(TwoRealms.why(anew.logIn(login, both.atHarvest()))).contains("another customer of ours");

        Revocation revocation = partner.awaitRevocations(1).get(0);
        assertThat(revocation.hint()).isEqualTo("access_token");
        assertThat(account(revocation)).isEqualTo(both.atHarvest().id());
        realms.activeToken(both.connection());
    }

    @Test
    void whatIsNotKeptIsRevokedOnce() {
        realms.admin().assignScope(realms.harvest().name(), "example-bank", GOALS, "default");
        try {
            WebPage login = both.approve(realms.flow(BALANCES), List.of(BALANCES), POTS);
            TwoRealms.why(both.browser().logIn(login, both.atHarvest()));
        } finally {
            realms.admin().unassignScope(realms.harvest().name(), "example-bank", GOALS);
            realms.admin().assignScope(realms.harvest().name(), "example-bank", GOALS, "optional");
        }

        partner.awaitRevocations(2);
        Eventually.after(Instant.now().plusSeconds(3));
        assertThat(partner.awaitRevocations(2))
                .extracting(Revocation::hint)
                .containsExactly("refresh_token", "access_token");
    }

    @Test
    void whatIsKeptIsNotRevoked() {
        both.connect(POTS);
        CodeFlow flow = realms.flow(TRANSACTIONS);
        WebPage login = both.approve(flow, List.of(TRANSACTIONS), GOALS);
        realms.tokens(flow, both.browser().logIn(login, both.atHarvest()));

        realms.activeToken(both.connection());
        both.app().endPartner(both.connection());

        assertThat(partner.awaitRevocations(2))
                .extracting(Revocation::hint)
                .containsExactly("refresh_token", "access_token");
    }

    @Test
    void anAliasStays() {
        both.connect(POTS);
        String id = both.connection();

        assertThat(realms.admin()
                        .changeIdentityProvider(
                                realms.bank().name(), TwoRealms.ALIAS, provider -> provider.put("alias", "orchard"))
                        .status())
                .isEqualTo(400);

        realms.activeToken(id);
    }

    @Test
    void whoGetsTheAliasOfAPartnerIsToldNothingOfItsTokens() {
        partner.refusing(refusals());
        both.connect(POTS);
        String id = both.connection();
        both.app().endPartner(id);
        partner.awaitRevocations(1);

        try (BadPartner other = new BadPartner()) {
            replace(TwoRealms.provider(realms.harvest()), other);

            awaitNothingToRevoke();
            assertThat(other.awaitRevocations(0)).isEmpty();
        }
    }

    @Test
    void notEvenWithTheSameId() {
        partner.refusing(refusals());
        both.connect(POTS);
        String id = both.connection();
        both.app().endPartner(id);
        partner.awaitRevocations(1);

        try (BadPartner other = new BadPartner()) {
            String internalId =
                    realms.admin().idOfIdentityProvider(realms.bank().name(), TwoRealms.ALIAS);
            replace(TwoRealms.provider(realms.harvest()).put("internalId", internalId), other);

            awaitNothingToRevoke();
            assertThat(other.awaitRevocations(0)).isEmpty();
        }
    }

    @Test
    void aPartnerThatAnImportPutsInThePlaceOfAnotherIsToldNothing() {
        both.connect(POTS);
        String id = both.connection();

        try (BadPartner other = new BadPartner()) {
            ObjectNode provider = TwoRealms.provider(realms.harvest());
            provider.withObjectProperty("config")
                    .put("partnerRevocationUrl", other.revoke().toString());
            realms.admin().importIdentityProvider(realms.bank().name(), provider);

            assertThat(realms.token(id).problem()).isEqualTo("not-found");
            assertThat(realms.admin()
                            .links(realms.bank().name(), both.customer().id()))
                    .isEmpty();
            Eventually.within(
                    Duration.ofSeconds(30),
                    "all ends told",
                    () -> realms.rows("consent_partner_access", "untold_since is not null") == 0);
            awaitNothingToRevoke();
            assertThat(other.awaitRevocations(0)).isEmpty();
            assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                    .isEqualTo("system");
            // and is connected as any other
            CodeFlow flow = realms.flow(TRANSACTIONS);
            WebPage login = both.approve(flow, List.of(TRANSACTIONS), POTS);
            realms.tokens(flow, both.browser().logIn(login, both.atHarvest()));
            realms.activeToken(both.connection());
        }
    }

    @Test
    void whatALoginGaveIsRevokedWhereItsLinkCouldNotBeCommitted() {
        WebPage login = both.approve(realms.flow(BALANCES), List.of(BALANCES), POTS);

        realms.whileNoLinkIsCommitted(() -> {
            both.browser().logIn(login, both.atHarvest());
            assertThat(partner.awaitRevocations(2))
                    .extracting(Revocation::hint)
                    .containsExactly("refresh_token", "access_token");
        });

        assertThat(partner.awaitRevocations(2)).allSatisfy(revocation -> assertThat(account(revocation))
                .isEqualTo(both.atHarvest().id()));
    }

    /** More than a test has time for. */
    private static Reply[] refusals() {
        Reply[] refusals = new Reply[100];
        Arrays.fill(refusals, new Reply(503, "later"));
        return refusals;
    }

    private void replace(ObjectNode provider, BadPartner other) {
        provider.withObjectProperty("config")
                .put("partnerRevocationUrl", other.revoke().toString());
        realms.admin().removeIdentityProvider(realms.bank().name(), TwoRealms.ALIAS);
        realms.admin().addIdentityProvider(realms.bank().name(), provider).ok();
    }

    /** Each attempt that waited was made, or given up. */
    private void awaitNothingToRevoke() {
        Eventually.within(
                Duration.ofMinutes(2),
                "no revocation that waits",
                () -> realms.rows("consent_partner_revocation", "token is not null") == 0
                        && realms.rows(
                                        "consent_outbox",
                                        "kind = 'partner-revocation' and user_id = '%s'"
                                                .formatted(both.customer().id()))
                                == 0);
    }

    @Test
    void theRevocationUrlIsAsSecureAsTheRealmDemands() {
        realms.admin().updateRealm(realms.bank().name(), realm -> realm.put("sslRequired", "external"));

        ObjectNode provider = TwoRealms.provider(realms.harvest()).put("alias", "insecure");
        provider.withObjectProperty("config")
                .put("partnerClient", "")
                .put("partnerRevocationUrl", "http://harvest.example/revoke");

        assertThat(realms.admin()
                        .addIdentityProvider(realms.bank().name(), provider)
                        .status())
                .isEqualTo(400);
    }
}
