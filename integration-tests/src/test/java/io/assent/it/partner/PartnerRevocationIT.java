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
import java.time.Instant;
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
