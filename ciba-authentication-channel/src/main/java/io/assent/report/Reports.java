package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/** The numbers that a bank reports of each day, of UTC. They outlive the requests that they were counted from. */
public interface Reports extends Provider {

    static Reports of(KeycloakSession session) {
        return session.getProvider(Reports.class);
    }

    /**
     * Counts the next requests whose time is over, in the session's transaction, each once, however often and wherever
     * this runs: of two at the same time one fails. The first time it begins with the oldest day of which no request
     * was removed yet.
     *
     * @param kept how long requests that nobody answered are kept
     * @return whether there may be more of them now
     */
    boolean countSome(Instant now, Duration kept);

    /** Takes notice of a call, in memory. Within a minute it is in the database. */
    void note(Call call);

    /**
     * What came of a realm's requests.
     *
     * @param client the internal id of a client, or what it was called as a client of OAuth
     * @param max how many lines at the most
     */
    AuthorisationReport authorisations(String realmId, Period period, Optional<String> client, int max);

    /** How available the interfaces were, by day and interface; of days of which something is known. */
    List<AvailabilityLine> availability(String realmId, Period period, Instant now);
}
