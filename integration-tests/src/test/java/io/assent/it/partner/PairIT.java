package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.GLOBE;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebPage;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a company may see at the bank, and the bank at the company, have one id, wherever one of them is shown. */
class PairIT {

    private static TwoRealms realms;

    private CustomerOfBoth both;
    private Staff staff;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("pair");
        realms.admin().updateRealm(realms.bank().name(), realm -> realm.put("eventsEnabled", true));
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void makeCustomer() {
        both = CustomerOfBoth.of(realms);
        staff = Staff.of(realms.bank(), "view-users", "view-clients");
    }

    @Test
    void customerAndStaffReadTheSameIdInBothHalves() {
        both.connect(POTS);

        String pair = both.app().onlyConsent().get("pairId").asText();

        assertThat(pair).matches("[0-9a-f-]{36}").isNotEqualTo(both.connection());
        assertThat(realms.onlyConnection(both.app()).get("pairId").asText()).isEqualTo(pair);
        JsonNode consent =
                staff.search("?customer=" + both.customer().id()).ok().at("/consents/0");
        assertThat(consent.get("pairId").asText()).isEqualTo(pair);
        assertThat(staff.read(consent.get("id").asText()).ok().get("pairId").asText())
                .isEqualTo(pair);
        assertThat(staff.partners(both.customer().id())
                        .ok()
                        .at("/partners/0/pairId")
                        .asText())
                .isEqualTo(pair);
    }

    @Test
    void itStaysWhereTheCustomerChoosesAnewAndWhereOneHalfEnds() {
        both.connect(POTS);
        String pair = both.app().onlyConsent().get("pairId").asText();
        String first = both.connection();
        CodeFlow flow = realms.flow(TRANSACTIONS);
        WebPage back = both.approve(flow, List.of(TRANSACTIONS), GOALS);
        realms.tokens(flow, both.browser().logIn(back, both.atHarvest()));
        assertThat(both.connection()).isNotEqualTo(first);

        assertThat(both.app().partners().ok().get("partners").findValuesAsText("pairId"))
                .containsExactly(pair, pair);
        both.app().endPartner(both.connection());
        assertThat(both.app().partners().ok().get("partners").findValuesAsText("pairId"))
                .containsExactly(pair, pair);
        assertThat(both.app().onlyConsent().get("pairId").asText()).isEqualTo(pair);
    }

    @Test
    void anotherCompanyAndAnotherCustomerHaveAnotherOne() {
        both.connect(POTS);
        String pair = both.app().onlyConsent().get("pairId").asText();
        CustomerOfBoth other = CustomerOfBoth.of(realms);
        other.connect(POTS);
        Tpp globe = realms.bank().tpp(GLOBE);
        Asked asked = globe.ask(both.customer(), BALANCES);
        both.app().approve(both.app().onlyPendingId()).ok();
        Tokens.of(globe.poll(asked));

        assertThat(other.app().onlyConsent().get("pairId").asText()).isNotEqualTo(pair);
        assertThat(both.app().consents("").ok().get("consents").findValuesAsText("pairId"))
                .hasSize(2)
                .contains(pair)
                .doesNotHaveDuplicates();
    }

    @Test
    void keycloaksEventsOfBothHaveIt() {
        both.connect(POTS);
        JsonNode consent = both.app().onlyConsent();

        both.app().withdrawBoth(consent.get("id").asText());

        for (String event : List.of("partner-connected", "partner-ended", "ended")) {
            assertThat(pairs(event))
                    .as(event)
                    .containsExactly(consent.get("pairId").asText());
        }
    }

    private List<String> pairs(String happened) {
        JsonNode told =
                realms.admin().events(realms.bank().name(), both.customer().id());
        return StreamSupport.stream(told.spliterator(), false)
                .map(event -> event.path("details"))
                .filter(details -> details.path("consent_event").asText().equals(happened))
                .map(details -> details.path("consent_pair_id").asText())
                .toList();
    }
}
