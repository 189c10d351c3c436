package io.assent.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.schema.Housekeeping.Chore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

class TurnsTest {

    private final List<String> log = new ArrayList<>();
    private final Map<String, Integer> backlog = new HashMap<>();
    private int time = 100;

    @Test
    void choresTakeTurnsUntilNothingIsLeft() {
        backlog.put("a", 25);
        backlog.put("b", 5);

        take("a", "b");

        assertThat(log).containsExactly("a", "b", "a", "a");
    }

    @Test
    void whatIsLeftWhenTheTimeIsOverComesWithTheNextRun() {
        backlog.put("a", 1_000);
        time = 2;

        take("a", "b");

        assertThat(log).containsExactly("a", "b", "a");
    }

    @Test
    void oneThatFailsKeepsNoOtherFromItsTurnsAndIsTold() {
        backlog.put("a", 15);
        backlog.put("c", 15);

        assertThatThrownBy(() -> take("a", "fails", "c", "fails too"))
                .hasMessage("fails")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("fails too"));

        assertThat(log).containsExactly("a", "fails", "c", "fails too", "a", "c");
    }

    @Test
    void theSameFailureTwiceIsOne() {
        RuntimeException failure = new IllegalStateException("database gone");
        Turns turns = new Turns(
                chore -> {
                    throw failure;
                },
                () -> true);

        assertThatThrownBy(() -> turns.take(List.of(chore("a"), chore("b"))))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
    }

    private void take(String... names) {
        List<Chore> chores = new ArrayList<>();
        for (String name : names) {
            chores.add(chore(name));
        }
        new Turns(this::batch, () -> time-- > 0).take(chores);
    }

    private int batch(Chore chore) {
        log.add(chore.name());
        if (chore.name().startsWith("fails")) {
            throw new IllegalStateException(chore.name());
        }
        int left = backlog.getOrDefault(chore.name(), 0);
        int done = Math.min(left, chore.batch());
        backlog.put(chore.name(), left - done);
        return done;
    }

    private static Chore chore(String name) {
        return new Chore() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int batch() {
                return 10;
            }

            @Override
            public int doSome(KeycloakSession session, Instant now, int max) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
