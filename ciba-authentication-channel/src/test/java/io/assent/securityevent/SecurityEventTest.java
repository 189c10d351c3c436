package io.assent.securityevent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.Kind;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentStatus;
import io.assent.consent.Term;
import io.assent.server.Parties;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.util.JsonSerialization;

class SecurityEventTest {

    private static final Instant END = Instant.parse("2026-11-27T18:00:00.900Z");

    @Test
    void theClaimsNameTheConsentAndNobody() throws IOException {
        SecurityEvent event =
                SecurityEvent.ofEnd(ended(ConsentStatus.REVOKED, Actor.CUSTOMER), "https://bank.example", "acme");

        assertThat(JsonSerialization.mapper.readTree(event.claims()))
                .isEqualTo(JsonSerialization.mapper.readTree("""
                        {
                          "iss": "https://bank.example", "aud": "acme", "iat": 1795802400, "jti": "%s", "toe": 1795802400,
                          "sub_id": {"format": "opaque", "id": "consent-1"},
                          "events": {
                            "urn:assent:event:consent-ended": {
                              "grant_id": "consent-1", "status": "revoked", "initiating_entity": "user"
                            }
                          }
                        }""".formatted(event.id())));
        assertThat(event.claims()).doesNotContain("alice", "session-1");
    }

    @ParameterizedTest
    @CsvSource({"REVOKED,STAFF,revoked,admin", "REVOKED,SYSTEM,revoked,system", "EXPIRED,SYSTEM,expired,system"})
    void theEventSaysHowItEndedAndByWhom(ConsentStatus how, Actor by, String status, String initiator)
            throws IOException {
        JsonNode event = JsonSerialization.mapper
                .readTree(SecurityEvent.ofEnd(ended(how, by), "https://bank.example", "acme")
                        .claims())
                .at("/events/urn:assent:event:consent-ended");

        assertThat(event.get("status").asText()).isEqualTo(status);
        assertThat(event.get("initiating_entity").asText()).isEqualTo(initiator);
    }

    @ParameterizedTest
    @CsvSource({
        "REVOKED,CUSTOMER,true",
        "REVOKED,STAFF,true",
        "REVOKED,SYSTEM,true",
        "EXPIRED,SYSTEM,true",
        "REVOKED,TPP,false",
        "CONSUMED,TPP,false",
        "REPLACED,CUSTOMER,false",
        "REPLACED,SYSTEM,false"
    })
    void whatTheClientBroughtAboutIsNoNewsToIt(ConsentStatus how, Actor by, boolean news) {
        assertThat(ended(how, by).hasEndedWithoutItsClient()).isEqualTo(news);
    }

    @Test
    void eachEndHasAnIdOfItsOwn() {
        Consent ended = ended(ConsentStatus.REVOKED, Actor.STAFF);

        assertThat(SecurityEvent.ofEnd(ended, "https://bank.example", "acme").id())
                .isNotEqualTo(SecurityEvent.ofEnd(ended, "https://bank.example", "acme")
                        .id());
    }

    private static Consent ended(ConsentStatus how, Actor by) {
        Instant granted = END.minusSeconds(60);
        return new Consent(
                "consent-1",
                new Parties("bank", "client", "alice"),
                "request-1",
                Access.to(List.of()),
                new TokenSession("session-1", true),
                Kind.STANDING,
                how,
                new Term(granted, END.plusSeconds(60), granted, null, null),
                null,
                new Consent.End(by, END),
                1);
    }
}
