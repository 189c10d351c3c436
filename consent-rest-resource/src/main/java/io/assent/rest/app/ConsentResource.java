package io.assent.rest.app;

import io.assent.authority.Authority;
import io.assent.confirmation.Confirmations;
import io.assent.consent.Consents;
import io.assent.device.Devices;
import io.assent.handoff.Handoff;
import io.assent.hint.OneTimeHints;
import io.assent.partner.Partners;
import io.assent.request.ConsentRequests;
import io.assent.rest.AccountRight;
import io.assent.rest.ApiAudience;
import io.assent.rest.Caller;
import io.assent.rest.answer.Objections;
import io.assent.rest.browser.OutsidePage;
import io.assent.rest.browser.ReturnsResource;
import io.assent.rest.browser.WaitsResource;
import io.assent.rest.link.LinkClaims;
import io.assent.rest.partner.PartnerTokensResource;
import io.assent.rest.partner.PartnersResource;
import io.assent.rest.partner.Refreshes;
import io.assent.rest.tpp.GrantsResource;
import io.assent.usercode.UserCodes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The root of the app's API. Described by {@code openapi.json}, which it serves. */
public class ConsentResource {

    private final KeycloakSession session;
    private final ApiAudience audience;
    private final CallLimits limits;
    private final Refreshes refreshes;

    ConsentResource(KeycloakSession session, ApiAudience audience, CallLimits limits, Refreshes refreshes) {
        this.session = session;
        this.audience = audience;
        this.limits = limits;
        this.refreshes = refreshes;
    }

    /** For anybody: it says nothing about a realm. */
    @GET
    @Path("v1/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response description() {
        return Response.ok(ConsentResource.class.getResourceAsStream("openapi.json"))
                .build();
    }

    /** In a browser, for anybody. */
    @GET
    @Path("v1/links/{secret}")
    public Response linkPage() {
        return OutsidePage.link(session);
    }

    /** For the page of a login, without a token. */
    @Path("v1/waits")
    public WaitsResource waits() {
        return new WaitsResource(session);
    }

    /** In a browser, for anybody. */
    @Path("v1/returns")
    public ReturnsResource returns() {
        return new ReturnsResource(session);
    }

    @Path("v1/devices")
    public DevicesResource devices() {
        Caller caller = Caller.of(session, audience);
        caller.throttle(limits.deviceCalls());
        return new DevicesResource(session, caller, Devices.of(session), Authority.of(session));
    }

    @Path("v1/consents")
    public ConsentsResource consents() {
        Caller caller = Caller.of(session, audience, accountRight());
        if (!HttpMethod.DELETE.equals(method())) {
            // to take back is never one call too many
            caller.throttle(limits.reads());
        }
        return new ConsentsResource(
                session, caller, Consents.of(session), Confirmations.of(session), Authority.of(session));
    }

    @Path("v1/partners")
    public PartnersResource partners() {
        Caller caller = Caller.of(session, audience, accountRight());
        if (!HttpMethod.DELETE.equals(method())) {
            caller.throttle(limits.reads());
        }
        return new PartnersResource(session, caller, Partners.of(session), CustomersTexts.of(session, caller));
    }

    /** For the bank's own services. */
    @Path("v1/partner-tokens")
    public PartnerTokensResource partnerTokens() {
        return new PartnerTokensResource(session, Partners.of(session), refreshes, limits.grantCalls());
    }

    /** What the account console needs for this call. */
    private AccountRight accountRight() {
        return reads() ? AccountRight.VIEW_CONSENTS : AccountRight.MANAGE_CONSENTS;
    }

    private boolean reads() {
        return HttpMethod.GET.equals(method()) || HttpMethod.HEAD.equals(method());
    }

    private String method() {
        return session.getContext().getHttpRequest().getHttpMethod();
    }

    /** Counted as a call about devices: it changes how the customer is reached. */
    @Path("v1/user-code")
    public UserCodeResource userCode() {
        Caller caller = Caller.of(session, audience, accountRight());
        caller.throttle(limits.deviceCalls());
        if (!reads()) {
            refuseStrangers(caller);
        }
        return new UserCodeResource(session, caller, UserCodes.of(session));
    }

    @Path("v1/login-hint-tokens")
    public LoginHintTokensResource loginHintTokens() {
        Caller caller = Caller.of(session, audience);
        caller.throttle(limits.deviceCalls());
        refuseStrangers(caller);
        return new LoginHintTokensResource(caller, OneTimeHints.of(session));
    }

    /** How the customer can be asked is for the customer alone to say. */
    private void refuseStrangers(Caller caller) {
        Authority.toSettings(caller.circumstances(
                        session.getContext().getConnection().getRemoteHost(), question -> Optional.empty()))
                .ifPresent(objection -> {
                    throw Objections.toException(session, objection);
                });
    }

    /** For the clients that consents were given to. */
    @Path("v1/grants")
    public GrantsResource grants() {
        return new GrantsResource(session, Consents.of(session), limits.grantCalls());
    }

    @Path("v1/requests")
    public RequestsResource requests() {
        Caller caller = Caller.of(session, audience);
        if (reads()) {
            caller.throttle(limits.reads());
        }
        return requests(caller);
    }

    @Path("v1/blocks")
    public BlocksResource blocks() {
        Caller caller = Caller.of(session, audience);
        if (reads()) {
            caller.throttle(limits.reads());
        }
        return new BlocksResource(
                session, caller, ConsentRequests.of(session), requests(caller)::responder, limits.decisions());
    }

    /** Counted as an attempt to answer; a link is only claimed in a session that could. */
    @POST
    @Path("v1/links/{secret}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response claim(@PathParam("secret") String secret) {
        Caller caller = Caller.of(session, audience);
        limits.excess(caller).ifPresent(tooMany -> {
            throw tooMany.toException();
        });
        refuseStrangers(caller);
        RequestsResource requests = requests(caller);
        return new LinkClaims(
                        caller.customer(),
                        requests.responder(),
                        Handoff.of(session),
                        request -> requests.get(request.id()))
                .claim(secret);
    }

    private RequestsResource requests(Caller caller) {
        return new RequestsResource(session, caller, ConsentRequests.of(session), Devices.of(session), limits);
    }
}
