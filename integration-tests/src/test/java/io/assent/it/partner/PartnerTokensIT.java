package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service of the bank calls a partner by the token that the partner gave, and nobody else does. */
class PartnerTokensIT {

    private static TwoRealms realms;

    private CustomerOfBoth both;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("partner-tokens");
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void makeCustomer() {
        both = CustomerOfBoth.of(realms);
    }

    @Test
    void aServiceOfTheBankFetchesThePartnersToken() {
        both.connect(POTS, GOALS);
        String id = both.connection();
        assertThat(realms.connections(both.customer().id()).ok().get("partners").findValuesAsText("id"))
                .containsExactly(id);

        JsonNode token = realms.token(id).ok();

        assertThat(Tokens.split(token.get("scope").asText())).containsExactlyInAnyOrder(GOALS, POTS);
        assertThat(realms.isActive(token.get("access_token").asText())).isTrue();
        assertThat(Tokens.claims(token.get("access_token").asText()).get("sub").asText())
                .isEqualTo(both.atHarvest().id());
        assertThat(token.has("refresh_token")).isFalse();
    }

    @Test
    void anOldTokenIsRefreshedOnTheWay() {
        realms.withShortTokens(() -> both.connect(POTS));
        String id = both.connection();

        JsonNode fresh = realms.token(id).ok();

        assertThat(fresh.get("expires_in").asLong()).isGreaterThan(60);
        String token = fresh.get("access_token").asText();
        assertThat(realms.isActive(token)).isTrue();
        assertThat(realms.token(id).ok().get("access_token").asText()).isEqualTo(token);
    }

    @Test
    void nobodyElseGetsAPartnersToken() {
        both.connect(POTS);
        String id = both.connection();
        String tpp = realms.bank()
                .newTpp(ACME, client -> client.put("serviceAccountsEnabled", true))
                .ownToken();

        for (String token : List.of(both.app().accessToken(), tpp)) {
            Answer refused = realms.call("POST", "/partner-tokens/{id}", "/partner-tokens/" + id, token);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        }
        assertThat(realms.token("3b241101-e2bb-4255-8caf-4136c566a962").problem())
                .isEqualTo("not-found");
        assertThat(realms.token("nonsense").problem()).isEqualTo("not-found");
        assertThat(realms.bank().newCustomer().app().endPartner(id).problem()).isEqualTo("not-found");
        realms.token(id).ok();
    }

    @Test
    void keycloaksOwnWaysToATokenLeadNowhere() {
        both.connect(POTS);
        String id = both.connection();
        realms.admin().giveRole(realms.bank().name(), both.customer().id(), "broker", "read-token");
        realms.admin().addToScopeOf(realms.bank().name(), BankApp.CLIENT_ID, "broker", "read-token");

        Answer refused = Http.send(Http.request(realms.bank().uri("/broker/harvest/token"))
                .header("Authorization", "Bearer " + both.customer().app().accessToken()));

        assertThat(refused.status()).as(refused.toString()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).doesNotContain("refresh_token\":");
        realms.token(id).ok();
    }
}
