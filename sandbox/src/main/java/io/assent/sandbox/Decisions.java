package io.assent.sandbox;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.account.Accounts;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.detail.ShownDetail;
import io.assent.detail.ShownDetail.AccountChoice;
import io.assent.evidence.Circumstances;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.Responder;
import io.assent.rest.Problem;
import io.assent.server.Customer;
import io.assent.text.Texts;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Decides in the customer's place. Whoever holds an {@code auth_req_id} may do so: that is what the sandbox is for. */
record Decisions(KeycloakSession session, RealmModel realm) {

    /**
     * The longest {@code auth_req_id} that is read, in characters: as long as the server's token endpoint reads them.
     */
    static final int MAX_AUTH_REQ_ID_LENGTH = 4_000;

    private static final Problem NO_SUCH_REQUEST = Problem.notFound("No request has this auth_req_id.");

    Response decide(String authReqId, String action) {
        Optional<Function<ConsentRequest, Decision>> decision = decision(action);
        if (decision.isEmpty()) {
            return Problem.malformedRequest("action must be allow or deny.").toResponse();
        }
        Optional<CIBAAuthenticationRequest> authentication = decode(authReqId);
        if (authentication.isEmpty()) {
            return Problem.malformedRequest("auth_req_id is missing, or is none of this realm.")
                    .toResponse();
        }
        return find(authentication.get())
                .map(request -> decide(request, decision.get().apply(request)))
                .orElseGet(NO_SUCH_REQUEST::toResponse);
    }

    /** Of the request that it is about, what is decided. */
    private Optional<Function<ConsentRequest, Decision>> decision(String action) {
        if ("allow".equals(action)) {
            return Optional.of(request ->
                    new Decision.Approve(Optional.of(request.permissions().asked()), everything(request)));
        }
        return "deny".equals(action) ? Optional.of(request -> new Decision.Deny()) : Optional.empty();
    }

    /** The details that are asked for, with all accounts that they can be about. */
    private Optional<Details> everything(ConsentRequest request) {
        if (request.details().isEmpty()) {
            return Optional.empty();
        }
        DetailTypes types = DetailTypes.of(session);
        Texts texts = Texts.of(session, realm, Locale.ENGLISH);
        List<ShownDetail> shown = types.shown(request.details(), texts, () -> accounts(request));
        Map<Integer, Set<String>> chosen = new HashMap<>();
        for (int place = 0; place < shown.size(); place++) {
            Set<String> ids = shown.get(place).choice().map(Decisions::all).orElse(Set.of());
            chosen.put(place, ids);
        }
        return Optional.of(types.withAccounts(request.details(), chosen));
    }

    /** Where the accounts are not known now, those that the client named: the answer says so then. */
    private static Set<String> all(AccountChoice choice) {
        return choice.unavailable()
                ? choice.named()
                : choice.accounts().stream().map(Account::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private AccountList accounts(ConsentRequest request) {
        return Optional.ofNullable(
                        session.users().getUserById(realm, request.parties().userId()))
                .map(customer -> Accounts.of(session).of(realm, customer))
                .orElseGet(AccountList.Unset::new);
    }

    private Optional<CIBAAuthenticationRequest> decode(String authReqId) {
        if (authReqId == null || authReqId.isBlank() || authReqId.length() > MAX_AUTH_REQ_ID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(CIBAAuthenticationRequest.deserialize(session, authReqId));
        } catch (RuntimeException e) {
            // Keycloak throws nothing more precise for a string that it did not make.
            return Optional.empty();
        }
    }

    private Optional<ConsentRequest> find(CIBAAuthenticationRequest authentication) {
        ClientModel client = realm.getClientByClientId(authentication.getIssuedFor());
        return client == null
                ? Optional.empty()
                : requests().find(realm.getId(), client.getId(), new Journey(Journey.CIBA, authentication.getId()));
    }

    private Response decide(ConsentRequest request, Decision decision) {
        UserModel customer =
                session.users().getUserById(realm, request.parties().userId());
        return customer == null
                ? NO_SUCH_REQUEST.toResponse()
                : answer(
                        requests()
                                .decide(
                                        Customer.of(realm, customer),
                                        request.id(),
                                        decision,
                                        Responder.page(null, Circumstances.UNKNOWN)),
                        decision);
    }

    private static Response answer(DecisionResult result, Decision decision) {
        if (result instanceof DecisionResult.Decided) {
            String status = decision instanceof Decision.Deny ? "denied" : "approved";
            return Response.ok(Map.of("status", status))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        return refusal(result).toResponse();
    }

    private static Problem refusal(DecisionResult result) {
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Problem.alreadyDecided("The request was decided otherwise before.");
        }
        if (result instanceof DecisionResult.Expired) {
            return Problem.expired("The request expired before it was decided.");
        }
        if (result instanceof DecisionResult.InvalidSelection invalid) {
            return Problem.invalidSelection(invalid.refusal().reason());
        }
        if (result instanceof DecisionResult.InvalidDetails invalid) {
            return Problem.invalidSelection(invalid.reason());
        }
        if (result instanceof DecisionResult.AccountsUnavailable) {
            return Problem.accountsUnavailable("Which accounts the customer has is not known now. Try again.");
        }
        return NO_SUCH_REQUEST;
    }

    private ConsentRequests requests() {
        return ConsentRequests.of(session);
    }
}
