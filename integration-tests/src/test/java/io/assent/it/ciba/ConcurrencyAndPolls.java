package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Of many polls at once, one. Not on MariaDB as it is set by itself: a lock on what is not there yet is one on a gap.
 */
abstract class ConcurrencyAndPolls extends Concurrency {

    private static final int POLLS = 50;

    ConcurrencyAndPolls(Realm bank) {
        super(bank, 8);
    }

    @Test
    void ofManyPollsAtOnceExactlyOneGetsTokens() throws Exception {
        for (int round = 0; round < 3; round++) {
            Asked asked = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();

            List<Answer> answers = AtOnce.all(Collections.nCopies(POLLS, () -> acme.poll(asked)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                assertThat(answer.error()).as(answer.toString()).isEqualTo("invalid_grant");
            });
        }
    }
}
