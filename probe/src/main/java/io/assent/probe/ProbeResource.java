package io.assent.probe;

import io.assent.outbox.Outbox;
import io.assent.outbox.OutboxCounts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;

/** What a test asks a server about its outbox, and does with links. */
public final class ProbeResource {

    private final KeycloakSession session;
    private final Outbox outbox;

    ProbeResource(KeycloakSession session, Outbox outbox) {
        this.session = session;
        this.outbox = outbox;
    }

    @Path("links")
    public LinksProbe links() {
        return new LinksProbe(session);
    }

    /** @param since milliseconds since 1970, from when on to count what was given up */
    @GET
    @Path("counts")
    @Produces(MediaType.APPLICATION_JSON)
    public List<Map<String, Object>> counts(@QueryParam("since") long since) {
        return outbox.counts(Instant.ofEpochMilli(since)).stream()
                .map(ProbeResource::view)
                .toList();
    }

    private static Map<String, Object> view(OutboxCounts counts) {
        Map<String, Object> view = new TreeMap<>();
        view.put("realmId", counts.realmId());
        view.put("kind", counts.kind());
        view.put("waiting", counts.waiting());
        counts.oldestWaiting().ifPresent(oldest -> view.put("oldestWaiting", oldest.toEpochMilli()));
        counts.givenUp().forEach((reason, count) -> view.put(reason.name(), count));
        return view;
    }
}
