package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.fake.http.EndlessHead;
import io.assent.it.partner.BadPartner.Revocation;
import io.assent.testing.Eventually;
import io.assent.testing.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner that is slow with another token holds nobody up, and nothing that it gives too late is kept. */
class PartnerRefreshIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private static TwoRealms realms;

    private CustomerOfBoth both;
    private BadPartner partner;
    private String id;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("partner-refresh");
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void connect() {
        partner = new BadPartner();
        both = CustomerOfBoth.of(realms);
        both.connect(POTS);
        id = both.connection();
        realms.set("tokenUrl", partner.slow().toString());
    }

    @AfterEach
    void mend() {
        partner.close();
        realms.set("tokenUrl", realms.harvest().tokenEndpoint().toString());
        realms.set("minValidityToken", "");
    }

    /** Each token is old, though it is good for minutes. */
    private void allTokensAreOld() {
        realms.set("minValidityToken", "3600");
    }

    private CompletableFuture<Answer> fetch() {
        CompletableFuture<Answer> fetched = CompletableFuture.supplyAsync(() -> realms.token(id));
        partner.awaitCall();
        return fetched;
    }

    @Test
    void whatAPartnerGivesIsKept() {
        allTokensAreOld();
        partner.release();

        assertThat(realms.token(id).ok().get("access_token").asText()).isEqualTo(BadPartner.LATE_TOKEN);

        realms.set("minValidityToken", "");
        realms.set("tokenUrl", TwoRealms.nowhere().toString());
        assertThat(realms.token(id).ok().get("access_token").asText()).isEqualTo(BadPartner.LATE_TOKEN);
    }

    @Test
    void anEndWaitsForNoPartnerAndWhatItGivesThenIsRevoked() {
        String revocationUrl =
                realms.harvest().uri("/protocol/openid-connect/revoke").toString();
        realms.set("partnerRevocationUrl", partner.revoke().toString());
        try {
            allTokensAreOld();
            CompletableFuture<Answer> fetched = fetch();

            long begun = System.nanoTime();
            assertThat(both.app().endPartner(id).status()).isEqualTo(204);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
            assertThat(fetched).isNotDone();
            partner.release();

            assertThat(fetched.join().problem()).isEqualTo("not-found");
            assertThat(partner.awaitRevocations(4))
                    .contains(
                            new Revocation(BadPartner.LATE_REFRESH_TOKEN, "refresh_token"),
                            new Revocation(BadPartner.LATE_TOKEN, "access_token"));
        } finally {
            realms.set("partnerRevocationUrl", revocationUrl);
        }
    }

    @Test
    void aTokenForMoreThanTheCustomerChoseIsRevokedAndEndsTheAccess() {
        String revocationUrl =
                realms.harvest().uri("/protocol/openid-connect/revoke").toString();
        realms.set("partnerRevocationUrl", partner.revoke().toString());
        realms.set("tokenUrl", partner.greedy().toString());
        try {
            allTokensAreOld();

            assertThat(realms.token(id).problem()).isEqualTo("not-found");

            assertThat(partner.awaitRevocations(2))
                    .contains(
                            new Revocation(BadPartner.LATE_REFRESH_TOKEN, "refresh_token"),
                            new Revocation(BadPartner.LATE_TOKEN, "access_token"));
            assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                    .isEqualTo("system");
            assertThat(realms.admin()
                            .links(realms.bank().name(), both.customer().id()))
                    .isEmpty();
        } finally {
            realms.set("partnerRevocationUrl", revocationUrl);
        }
    }

    @Test
    void aTokenForLessNarrowsTheAccessAndOneForNothingEndsIt() {
        realms.set("tokenUrl", realms.harvest().tokenEndpoint().toString());
        both = CustomerOfBoth.of(realms);
        both.connect(POTS, GOALS);
        id = both.connection();
        assertThat(scopesShown()).containsExactlyInAnyOrder(POTS, GOALS);
        realms.set("tokenUrl", partner.meagre().toString());
        allTokensAreOld();

        assertThat(realms.token(id).ok().get("scope").asText()).isEqualTo(POTS);

        assertThat(scopesShown()).containsExactly(POTS);
        realms.set("tokenUrl", partner.empty().toString());
        assertThat(realms.token(id).problem()).isEqualTo("not-found");
        assertThat(both.app().partners().ok().at("/partners/0/endedBy").asText())
                .isEqualTo("partner");
    }

    private List<String> scopesShown() {
        return realms.onlyConnection(both.app()).get("permissions").findValuesAsText("scope");
    }

    @Test
    void whatAPartnerGivesIsRevokedWhereItCouldNotBeCommitted() {
        String revocationUrl =
                realms.harvest().uri("/protocol/openid-connect/revoke").toString();
        realms.set("partnerRevocationUrl", partner.revoke().toString());
        try {
            allTokensAreOld();
            partner.release();

            realms.whileNoLinkIsCommitted(() -> {
                assertThat(realms.token(id).problem()).isEqualTo("partner-unavailable");
                assertThat(partner.awaitRevocations(2))
                        .containsExactly(
                                new Revocation(BadPartner.LATE_REFRESH_TOKEN, "refresh_token"),
                                new Revocation(BadPartner.LATE_TOKEN, "access_token"));
            });
        } finally {
            realms.set("partnerRevocationUrl", revocationUrl);
        }
    }

    @Test
    void othersGetTheOldTokenMeanwhile() {
        realms.set("minValidityToken", "");
        String old = realms.token(id).ok().get("access_token").asText();
        allTokensAreOld();
        CompletableFuture<Answer> fetched = fetch();

        assertThat(realms.token(id).ok().get("access_token").asText()).isEqualTo(old);

        partner.release();
        assertThat(fetched.join().ok().get("access_token").asText()).isEqualTo(BadPartner.LATE_TOKEN);
    }

    @Test
    void whereTheOldOneExpiredTheyComeAgain() {
        realms.set("tokenUrl", realms.harvest().tokenEndpoint().toString());
        realms.withShortTokens(() -> {
            both = CustomerOfBoth.of(realms);
            both.connect(POTS);
        });
        id = both.connection();
        Eventually.after(Instant.now().plusSeconds(3));
        realms.set("tokenUrl", partner.slow().toString());
        CompletableFuture<Answer> fetched = fetch();

        Answer second = realms.token(id);

        assertThat(second.problem()).isEqualTo("partner-unavailable");
        assertThat(second.header("Retry-After")).isPresent();
        partner.release();
        assertThat(fetched.join().ok().get("access_token").asText()).isEqualTo(BadPartner.LATE_TOKEN);
    }

    @Test
    void aPartnerThatTricklesIsHungUpOn() {
        realms.set("tokenUrl", partner.trickle().toString());
        allTokensAreOld();

        long begun = System.nanoTime();
        Answer answer = realms.token(id);

        assertThat(answer.problem()).isEqualTo("partner-unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(16));
        // nobody waits for a lease that is over
        realms.set("tokenUrl", realms.harvest().tokenEndpoint().toString());
        realms.token(id).ok();
    }

    @Test
    void aPartnerWhoseHeadersDoNotEndIsHungUpOn() throws Exception {
        try (EndlessHead endless = EndlessHead.ofOneLine()) {
            realms.set("tokenUrl", endless.uri().toString());
            allTokensAreOld();

            assertThat(realms.token(id).problem()).isEqualTo("partner-unavailable");

            assertThat(endless.next(AT_ONCE)).isLessThan(EndlessHead.END);
        }
    }
}
