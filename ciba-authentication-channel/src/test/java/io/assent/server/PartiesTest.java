package io.assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartiesTest {

    private final Parties parties = new Parties("realm", "client", "user");

    @Test
    void theSamePartiesAreTheSamePair() {
        assertThat(parties.pairId()).isEqualTo(new Parties("realm", "client", "user").pairId());
        assertThat(UUID.fromString(parties.pairId())).hasToString(parties.pairId());
    }

    @Test
    void othersAreAnotherPair() {
        assertThat(List.of(
                                parties,
                                new Parties("other", "client", "user"),
                                new Parties("realm", "other", "user"),
                                new Parties("realm", "client", "other"),
                                new Parties("realm", "user", "client"),
                                new Parties("realmclient", "", "user"))
                        .stream()
                        .map(Parties::pairId))
                .doesNotHaveDuplicates();
    }

    @Test
    void itSaysNothingOfWhoTheyAre() {
        assertThat(parties.pairId()).doesNotContain("realm", "client", "user");
    }
}
