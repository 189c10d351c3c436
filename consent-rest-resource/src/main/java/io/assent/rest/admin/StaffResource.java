package io.assent.rest.admin;

import io.assent.consent.Consent;
import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.consent.EndResult;
import io.assent.consent.GrantedPermission;
import io.assent.consent.StaffNote;
import io.assent.device.Devices;
import io.assent.partner.Partners;
import io.assent.report.Reports;
import io.assent.request.ConsentRequests;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.StaffCall;
import io.assent.rest.admin.call.StaffRights;
import io.assent.rest.admin.change.ChangesResource;
import io.assent.rest.admin.claim.ClaimsView;
import io.assent.rest.admin.destination.DestinationTests;
import io.assent.rest.admin.destination.DestinationsResource;
import io.assent.rest.admin.destination.EventsResource;
import io.assent.rest.admin.evidence.EvidenceDocument;
import io.assent.rest.admin.evidence.EvidenceView;
import io.assent.rest.admin.evidence.Seal;
import io.assent.rest.admin.overview.BlockResource;
import io.assent.rest.admin.overview.DeliveryResource;
import io.assent.rest.admin.overview.PermissionResource;
import io.assent.rest.admin.overview.RequestResource;
import io.assent.rest.admin.overview.TellDevice;
import io.assent.rest.admin.overview.TppResource;
import io.assent.rest.admin.report.ReportsResource;
import io.assent.server.EventDetails;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.urls.UrlType;

/** The consents of a realm, for the bank's staff. */
@Produces(MediaType.APPLICATION_JSON)
public class StaffResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StaffRights rights;
    private final Consents consents;
    private final ConsentRequests requests;
    private final AdminEventBuilder adminEvent;
    private final StaffCall call;
    private final DestinationTests destinationTests;

    StaffResource(
            KeycloakSession session,
            RealmModel realm,
            StaffRights rights,
            Consents consents,
            ConsentRequests requests,
            AdminEventBuilder adminEvent,
            DestinationTests destinationTests) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.consents = consents;
        this.requests = requests;
        this.adminEvent = adminEvent;
        this.destinationTests = destinationTests;
        call = StaffCall.of(session, realm, rights, adminEvent);
    }

    /** For whoever has a token that the admin API takes: it says nothing about a realm. */
    @GET
    @Path("openapi.json")
    public Response description() {
        return Responses.ok(StaffResource.class.getResourceAsStream("openapi.json"));
    }

    @GET
    @Path("doctor")
    public Response examine() {
        return setup().examine();
    }

    @GET
    @Path("setup")
    public Response planSetup() {
        return setup().plan();
    }

    @POST
    @Path("setup")
    public Response setUp() {
        return setup().make();
    }

    @Path("reports")
    public ReportsResource reports() {
        return new ReportsResource(session, realm, rights, Reports.of(session));
    }

    @Path("destinations")
    public DestinationsResource destinations() {
        return new DestinationsResource(session, realm, rights, call.events(), destinationTests);
    }

    @Path("events")
    public EventsResource events() {
        return new EventsResource(session, realm, rights, call.events());
    }

    private RealmSetup setup() {
        return new RealmSetup(session, realm, rights, adminEvent);
    }

    @GET
    public Response search() {
        StaffQuery query = StaffQuery.of(session.getContext().getUri().getQueryParameters());
        query.customer().ifPresentOrElse(rights::requireViewOfCustomer, rights::requireViewOfAllCustomers);
        ConsentQuery found = new ConsentQuery(
                realm.getId(),
                query.customer().orElse(null),
                query.client().map(call.clients()::internalId).orElse(null),
                query.statuses(),
                query.from(),
                query.to());
        Page<Consent> page = query.page()
                .page(consents.search(found, query.page().after(), query.page().toFind()), Consent::position);
        return Responses.ok(new StaffView.Found(
                page.items().stream().map(consent -> view(consent, null, null)).toList(), page.next()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Consent consent = find(id);
        rights.requireViewOfCustomer(consent.parties().userId());
        return Responses.ok(
                view(consent, EvidenceView.of(requests, realm, consent).orElse(null), consents.history(consent)));
    }

    /** In bytes, which nobody writes anew: the canonical form is what was sealed. */
    @GET
    @Path("{id}/evidence")
    public Response export(@PathParam("id") String id) {
        Consent consent = find(id);
        rights.requireViewOfCustomer(consent.parties().userId());
        EvidenceDocument document = EvidenceDocument.of(consents, requests, consent)
                .orElseThrow(() -> Problem.notFound("No evidence of this consent was kept, or it was purged.")
                        .toException());
        tell(consent, "evidence");
        return Responses.ok(Seal.of(session, realm)
                .close(document.json(issuer(), realm.getName(), ServerTime.now()))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** As the app and the TPPs know it, wherever staff call. */
    private String issuer() {
        return Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName());
    }

    @POST
    @Path("{id}/end")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response end(@PathParam("id") String id, InputStream body) {
        Consent consent = find(id);
        rights.requireManageOfCustomer(consent.parties().userId());
        JsonBody json = JsonBody.read(session, body);
        StaffNote note = new StaffNote(rights.staffId(), json.text("reason", TextRule.REASON));
        json.refuseOthers();
        if (consents.end(realm.getId(), consent.id(), note) instanceof EndResult.Ended ended) {
            tell(ended.consent(), "end");
        }
        return Responses.noContent();
    }

    @GET
    @Path("customers/{customer}/devices")
    public Response devices(@PathParam("customer") String customer) {
        return Responses.ok(StaffDeviceView.Listed.of(staffDevices().list(customer)));
    }

    @POST
    @Path("customers/{customer}/devices/{deviceId}/lost")
    public Response lose(@PathParam("customer") String customer, @PathParam("deviceId") String deviceId) {
        staffDevices().lose(customer, deviceId);
        return Responses.noContent();
    }

    @POST
    @Path("customers/{customer}/devices/{deviceId}/resend")
    public Response tellAgain(@PathParam("customer") String customer, @PathParam("deviceId") String deviceId) {
        return new TellDevice(call).resend(customer, deviceId);
    }

    @GET
    @Path("customers/{customer}/partners")
    public Response partners(@PathParam("customer") String customer) {
        return Responses.ok(StaffPartnerView.Listed.of(staffPartners().list(customer), call.clients()));
    }

    @POST
    @Path("customers/{customer}/partners/{id}/end")
    public Response endPartner(@PathParam("customer") String customer, @PathParam("id") String id) {
        staffPartners().end(customer, id);
        return Responses.noContent();
    }

    private StaffPartners staffPartners() {
        return new StaffPartners(call, Partners.of(session));
    }

    private StaffDevices staffDevices() {
        return new StaffDevices(call, Devices.of(session));
    }

    @Path("requests")
    public RequestResource requests() {
        return new RequestResource(call);
    }

    @Path("deliveries")
    public DeliveryResource deliveries() {
        return new DeliveryResource(call);
    }

    @Path("clients")
    public TppResource clients() {
        return new TppResource(call);
    }

    @Path("permissions")
    public PermissionResource permissions() {
        return new PermissionResource(call);
    }

    @Path("permissions/changes")
    public ChangesResource changes() {
        return new ChangesResource(call);
    }

    @Path("blocks")
    public BlockResource blocks() {
        return new BlockResource(call);
    }

    /** To Keycloak's admin events: who did it, and with which consent. Without a reason, which may be personal. */
    private void tell(Consent consent, String what) {
        call.events().tell(Map.of(EventDetails.CONSENT_ID, consent.id()), consent.id() + "/" + what);
    }

    /** Who may not see all customers is not told whether there is such a consent. */
    private Consent find(String id) {
        return Uuids.normalized(id)
                .flatMap(normalized -> consents.find(realm.getId(), normalized))
                .orElseThrow(() -> call.unknown("consent"));
    }

    private StaffView view(Consent consent, EvidenceView evidence, List<ConsentRecord> history) {
        String id = consent.parties().clientId();
        Map<String, String> scopeIds = consent.permissions().stream()
                .collect(Collectors.toMap(GrantedPermission::name, GrantedPermission::scopeId, (one, other) -> one));
        return StaffView.of(
                consent,
                call.clients().view(id, () -> consents.grantedTo(consent)
                        .map(then -> new ClientView(id, then.clientId(), then.name()))),
                ClaimsView.of(realm, consent.parties(), consent.names(), scopeIds, consent.claims()),
                evidence,
                history);
    }
}
