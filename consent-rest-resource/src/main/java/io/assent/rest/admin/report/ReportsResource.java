package io.assent.rest.admin.report;

import io.assent.report.AuthorisationReport;
import io.assent.report.Reports;
import io.assent.report.UtcDay;
import io.assent.rest.Responses;
import io.assent.rest.admin.call.Clients;
import io.assent.rest.admin.call.StaffRights;
import io.assent.server.ServerTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The numbers of a realm's days, which carry no personal data. */
@Produces(MediaType.WILDCARD)
public class ReportsResource {

    private static final List<String> PERIOD = List.of("from", "to", "format");
    private static final List<String> PERIOD_AND_CLIENT = List.of("from", "to", "client", "format");

    /** As many as fit into one answer: a day of more than six thousand clients. */
    private static final int MOST_LINES = 20_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StaffRights rights;
    private final Reports reports;

    public ReportsResource(KeycloakSession session, RealmModel realm, StaffRights rights, Reports reports) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.reports = reports;
    }

    /** What came of the requests of each day, by client and journey. */
    @GET
    @Path("authorisations")
    public Response authorisations() {
        ReportQuery query = query(PERIOD_AND_CLIENT, ServerTime.now());
        if (query.client().isEmpty()) {
            rights.requireViewOfAllClients();
        }
        AuthorisationReport report = reports.authorisations(
                realm.getId(),
                query.period(),
                query.client().map(new Clients(realm, rights)::internalId),
                MOST_LINES + 1);
        if (report.lines().size() > MOST_LINES) {
            throw ReportQuery.malformed(
                    "The report has more than " + MOST_LINES + " lines. Ask for fewer days, or for one client.");
        }
        AuthorisationsView view = AuthorisationsView.of(query.period(), report);
        return query.csv() ? csv("authorisations", query, view.toCsv()) : Responses.ok(view);
    }

    /** How available the interfaces were on each day. */
    @GET
    @Path("availability")
    public Response availability() {
        Instant now = ServerTime.now();
        ReportQuery query = query(PERIOD, now);
        rights.requireViewOfAllClients();
        AvailabilityView view =
                AvailabilityView.of(query.period(), reports.availability(realm.getId(), query.period(), now));
        return query.csv() ? csv("availability", query, view.toCsv()) : Responses.ok(view);
    }

    private ReportQuery query(List<String> known, Instant now) {
        return ReportQuery.of(
                session.getContext().getUri().getQueryParameters(),
                known,
                session.getContext().getHttpRequest().getHttpHeaders().getAcceptableMediaTypes(),
                UtcDay.of(now));
    }

    private static Response csv(String name, ReportQuery query, String document) {
        return Response.ok(document.getBytes(StandardCharsets.UTF_8), ReportQuery.CSV)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s-%s-%s.csv\""
                                .formatted(
                                        name,
                                        query.period().from(),
                                        query.period().to()))
                .build();
    }
}
