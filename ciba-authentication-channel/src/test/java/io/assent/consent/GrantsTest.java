package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.ConsentEvent.Ended;
import io.assent.rules.ConsentRules;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules about what a client may do with a consent that was given to it. */
class GrantsTest {

    private static final Parties PARTIES = new Parties("bank", "acme", "alice");

    private final ConsentsInMemory store = new ConsentsInMemory();
    private final List<ConsentEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T09:00:00Z");
    private final Consents consents = new Consents(store, parties -> ConsentRules.DEFAULT, () -> now, events::add);

    private static List<GrantedPermission> permissions(String... names) {
        return Stream.of(names)
                .map(name -> new GrantedPermission("id-of-" + name, name))
                .toList();
    }

    private Consent grantOwn(String... names) {
        return consents.grantOwn(PARTIES, "request", permissions(names), "session");
    }

    private Consent found(Consent consent) {
        return store.find(PARTIES.customer(), consent.id()).orElseThrow();
    }

    @Nested
    @DisplayName("find")
    class Find {

        @Test
        void aClientFindsItsOwnWhileItIsLive() {
            Consent consent = grantOwn("balances");

            assertThat(consents.findLive("bank", "acme", consent.id())).hasValue(consent);
            assertThat(consents.findLive("bank", "globe", consent.id())).isEmpty();
            assertThat(consents.findLive("other", "acme", consent.id())).isEmpty();

            now = consent.validUntil();
            assertThat(consents.findLive("bank", "acme", consent.id())).isEmpty();
        }

        @Test
        void whatHasEndedIsNotFound() {
            Consent consent = grantOwn("balances");
            consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER);

            assertThat(consents.findLive("bank", "acme", consent.id())).isEmpty();
        }
    }

    @Nested
    @DisplayName("give back")
    class GiveBack {

        @Test
        void aClientGivesBackItsOwnOnce() {
            Consent consent = grantOwn("balances");

            Consent ended = consents.giveBack("bank", "acme", consent.id()).orElseThrow();
            now = now.plusSeconds(60);
            assertThat(consents.giveBack("bank", "acme", consent.id())).hasValue(ended);

            assertThat(ended.status()).isEqualTo(ConsentStatus.REVOKED);
            assertThat(ended.findEnd().orElseThrow().by()).isEqualTo(Actor.TPP);
            assertThat(events).last().isEqualTo(new Ended(ended, Actor.TPP));
            assertThat(consents.history(consent))
                    .extracting(ConsentRecord::type)
                    .containsExactly(ConsentRecord.Type.GRANTED, ConsentRecord.Type.REVOKED);
        }

        @Test
        void anothersStands() {
            Consent consent = grantOwn("balances");

            assertThat(consents.giveBack("bank", "globe", consent.id())).isEmpty();
            assertThat(consents.giveBack("other", "acme", consent.id())).isEmpty();

            assertThat(found(consent)).isEqualTo(consent);
        }

        @Test
        void itIsNotLostToAChangeAtTheSameTime() {
            Consent consent = grantOwn("balances", "transactions");
            store.beforeNextUpdate(() -> consents.takeBack(PARTIES, Set.of("balances"), Actor.CUSTOMER));

            consents.giveBack("bank", "acme", consent.id());

            assertThat(found(consent).status()).isEqualTo(ConsentStatus.REVOKED);
        }
    }
}
