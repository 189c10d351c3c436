package io.assent.rest.app;

import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.confirmation.Confirmations;
import io.assent.consent.Actor;
import io.assent.consent.ConfirmResult;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.ConsentStore.Filter;
import io.assent.consent.Consents;
import io.assent.consent.NarrowResult;
import io.assent.detail.ShownDetail;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Question;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.Partners;
import io.assent.passkey.Passkeys;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.answer.Objections;
import io.assent.rest.app.Display.Shown;
import io.assent.rules.SignatureDemand;
import io.assent.server.ServerTime;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureVerdict;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** What the customer granted: what stands and what stood. */
@Produces(MediaType.APPLICATION_JSON)
public class ConsentsResource {

    private static final Map<String, Filter> FILTERS = Map.of("live", Filter.LIVE, "ended", Filter.ENDED);

    /** Whether what the bank sees at the client ends as well. */
    private static final Map<String, Boolean> BOTH = Map.of("true", true, "false", false);

    private final KeycloakSession session;
    private final Caller caller;
    private final Consents consents;
    private final Confirmations confirmations;
    private final Authority authority;

    ConsentsResource(
            KeycloakSession session,
            Caller caller,
            Consents consents,
            Confirmations confirmations,
            Authority authority) {
        this.session = session;
        this.caller = caller;
        this.consents = consents;
        this.confirmations = confirmations;
        this.authority = authority;
    }

    @GET
    public Response list(
            @QueryParam("status") String status, @QueryParam("after") String after, @QueryParam("max") String max) {
        ListQuery query = ListQuery.of(session, after, max);
        Filter filter = ListQuery.choose("status", status, Filter.ALL, FILTERS);
        Display display = display();
        Page<Consent> page =
                query.page(consents.list(caller.customer(), filter, query.after(), query.toFind()), Consent::position);
        return Responses.ok(new ConsentView.Listed(
                page.items().stream()
                        .map(consent -> view(consent, null, display))
                        .toList(),
                page.next()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Consent consent = consents.find(caller.customer(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        Display display = display();
        return Responses.ok(view(
                consent,
                asked(consent, display),
                consents.history(consent),
                display.withAccounts(consent.details()),
                display));
    }

    @PUT
    @Path("{id}/permissions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response narrow(@PathParam("id") String id, InputStream body) {
        JsonBody json = JsonBody.read(session, body);
        Set<String> scopes = json.texts("grantedScopes", TextRule.SCOPE)
                .orElseThrow(() ->
                        Problem.malformedRequest("'grantedScopes' is missing.").toException());
        json.refuseOthers();
        refuse(Authority.toTakingBack(circumstances()));
        NarrowResult result = consents.narrow(caller.customer(), uuid(id), scopes, Actor.CUSTOMER);
        if (result instanceof NarrowResult.Narrowed narrowed) {
            return Responses.ok(view(narrowed.consent(), null, display()));
        }
        throw problem(result).toException();
    }

    @PUT
    @Path("{id}/confirmation")
    public Response confirm(@PathParam("id") String id, InputStream body) {
        Optional<JsonBody> sent = JsonBody.readIfSent(session, body);
        Consent consent = consents.find(caller.customer(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        Optional<DecisionSignature> signature = sent.map(json -> signature(consent, json));
        refuse(authority.toApproval(consent.parties(), caller.client().getId(), circumstances(), List.of()));
        Display display = display();
        ConfirmResult result = confirmations.confirm(
                caller.customer(), consent.id(), caller.client().getId(), signature, shown -> shown(shown, display)
                        .map(Shown::content));
        if (result instanceof ConfirmResult.Confirmed confirmed) {
            return Responses.ok(view(confirmed.consent(), null, display));
        }
        throw problem(result).toException();
    }

    /** By a device, or by a passkey. */
    private static DecisionSignature signature(Consent consent, JsonBody json) {
        Optional<DecisionSignature> device = Optional.ofNullable(json.textOrNull("signature", TextRule.SIGNATURE))
                .map(DecisionSignature.Jws::new);
        Optional<DecisionSignature> passkey = json.object("passkey").map(sent -> assertion(consent, sent));
        json.refuseOthers();
        if (device.isPresent() == passkey.isPresent()) {
            throw Problem.malformedRequest("Send one of 'signature' and 'passkey', or no body.")
                    .toException();
        }
        return device.or(() -> passkey).orElseThrow();
    }

    private static DecisionSignature assertion(Consent consent, JsonBody sent) {
        String covered = Confirmations.covered(
                consent, sent.text("challenge", TextRule.HASH), sent.text("contentHash", TextRule.HASH));
        DecisionSignature assertion = new DecisionSignature.Assertion(
                sent.text("credentialId", TextRule.SIGNATURE),
                sent.text("clientDataJSON", TextRule.SIGNATURE),
                sent.text("authenticatorData", TextRule.SIGNATURE),
                sent.text("signature", TextRule.SIGNATURE),
                covered);
        sent.refuseOthers();
        return assertion;
    }

    private static Problem problem(ConfirmResult result) {
        if (result instanceof ConfirmResult.Over) {
            return ended();
        }
        if (result instanceof ConfirmResult.OwnClient) {
            return Problem.ownClient("A client can't confirm its own consent.");
        }
        if (!(result instanceof ConfirmResult.Unsigned unsigned)) {
            return unknown();
        }
        if (unsigned.verdict() instanceof SignatureVerdict.Missing missing) {
            return Problem.signatureRequired(missing.demand(), missing.what());
        }
        return unsigned.verdict() instanceof SignatureVerdict.Invalid invalid
                ? Problem.invalidSignature(invalid.flaw(), invalid.why() + ".")
                : Problem.contentChanged("Read the consent again, in the language of this call, and show it.");
    }

    @DELETE
    @Path("{id}")
    public Response withdraw(@PathParam("id") String id, @QueryParam("both") String both) {
        ListQuery.requireSound(session, "both");
        boolean bothWays = ListQuery.choose("both", both, false, BOTH);
        refuse(Authority.toTakingBack(circumstances()));
        Consent ended = consents.withdraw(caller.customer(), uuid(id), Actor.CUSTOMER)
                .orElseThrow(() -> unknown().toException());
        if (bothWays) {
            // with a late repeat: what was connected anew stays
            Instant end = ended.findEnd().map(Consent.End::at).orElseGet(ServerTime::now);
            Partners.of(session).endAll(ended.parties(), end, Ender.CUSTOMER);
        }
        return Responses.noContent();
    }

    private void refuse(Optional<Objection> objection) {
        objection.ifPresent(objected -> {
            throw Objections.toException(session, objected);
        });
    }

    private Circumstances circumstances() {
        return caller.circumstances(session.getContext().getConnection().getRemoteHost(), question -> Optional.empty());
    }

    private static Problem problem(NarrowResult result) {
        if (result instanceof NarrowResult.Over) {
            return ended();
        }
        if (result instanceof NarrowResult.Wider) {
            return Problem.invalidSelection("grantedScopes names a permission that the consent does not grant.");
        }
        return result instanceof NarrowResult.Nothing
                ? Problem.invalidSelection("Nothing is left. To withdraw the whole consent, delete it.")
                : unknown();
    }

    private static Problem ended() {
        return Problem.consentEnded("The consent has ended. Nothing can be changed any more.");
    }

    private static Problem unknown() {
        return Problem.notFound("The customer has no such consent.");
    }

    private static String uuid(String id) {
        return Uuids.normalized(id).orElseThrow(() -> unknown().toException());
    }

    private static Optional<Shown> shown(Consent consent, Display display) {
        return display.of(new Question(consent.parties().clientId(), permissions(consent), consent.details(), null));
    }

    private static RequestedPermissions permissions(Consent consent) {
        return new RequestedPermissions(consent.names(), Set.of(), true, Map.of(), consent.claims());
    }

    /** What the customer is asked who is to confirm it; empty where there is nothing to confirm. */
    private Optional<ConsentView.Asked> asked(Consent consent, Display display) {
        return confirmations.question(consent).flatMap(question -> shown(consent, display)
                .map(shown -> new ConsentView.Asked(
                        shown.language(),
                        shown.content().hash(),
                        question,
                        question.demand() == SignatureDemand.NONE
                                ? Optional.empty()
                                : Passkeys.of(session)
                                        .prompt(
                                                caller.user(),
                                                question.demand() == SignatureDemand.KEY_AND_USER_VERIFICATION))));
    }

    private ConsentView view(Consent consent, List<ConsentRecord> history, Display display) {
        return view(consent, Optional.empty(), history, display.details(consent.details()), display);
    }

    private ConsentView view(
            Consent consent,
            Optional<ConsentView.Asked> asked,
            List<ConsentRecord> history,
            List<ShownDetail> details,
            Display display) {
        ClientModel client = caller.realm().getClientById(consent.parties().clientId());
        return ConsentView.of(
                consent,
                client == null ? gone(consent, display) : display.client(client),
                display.groups(client, permissions(consent)),
                details,
                asked,
                history,
                ServerTime.now());
    }

    /** @return {@code null} where it was granted before the client's name was kept */
    private RequestingClient gone(Consent consent, Display display) {
        return consents.grantedTo(consent)
                .map(client -> display.gone(client.clientId(), client.name()))
                .orElse(null);
    }

    private Display display() {
        return new Display(session, caller);
    }
}
