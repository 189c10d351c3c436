package io.assent.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Malformed requests from a seeded generator, to the app's API, the two endpoints that a TPP calls, and the consent
 * screen: none is answered with a 5xx that the stock server's own paths do not answer as well, none changes a row of
 * the database, and the heap stays as it is. {@code fuzz.sh} sends more of them, or others.
 */
@Tag("long")
@Tag("weekly")
class FuzzIT {

    private static final int INPUTS = Integer.getInteger("assent.fuzz.inputs", 6_000);
    private static final long SEED = Long.getLong("assent.fuzz.seed", 1);

    /** More heap than that, after a collection, is no longer steady. */
    private static final long STEADY_KILOBYTES = 20_000;

    @Test
    void nothingThatIsMalformedBreaksTheServerOrChangesAnything() throws Exception {
        System.out.printf("%,d malformed inputs, seed %d%n", INPUTS, SEED);
        try (Keycloak server = new Keycloak("fuzz", Database.POSTGRESQL, List.of(Fuzz.realm())).start()) {
            Fuzz.Findings findings = Fuzz.of(server, SEED).run(INPUTS);

            assertThat(findings.failures()).isEmpty();
            assertThat(findings.changed()).as("tables that have changed").isEmpty();
            assertThat(findings.grown()).as("growth of the heap in KB").isLessThanOrEqualTo(STEADY_KILOBYTES);
            assertThat(findings.uncaught()).isEmpty();
        }
    }
}
