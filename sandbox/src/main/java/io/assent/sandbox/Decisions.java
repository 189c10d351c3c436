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
import io.assent.rest.answer.DecisionProblems;
import io.assent.rest.answer.Objections;
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
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Decides in the customer's place. Whoever holds an {@code auth_req_id} may do so: that is what the sandbox is for. */
record Decisions(KeycloakSession session, RealmModel realm) {

    private static final Problem NO_SUCH_REQUEST = Problem.notFound("No request has this auth_req_id.");

    Response decide(DecisionForm form) {
        Optional<CIBAAuthenticationRequest> authentication = decode(form.authReqId());
        if (authentication.isEmpty()) {
            return Problem.malformedRequest("auth_req_id is none of this realm, or was cut.")
                    .toResponse();
        }
        return find(authentication.get())
                .map(request -> decide(request, decision(form, request)))
                .orElseGet(NO_SUCH_REQUEST::toResponse);
    }

    private Decision decision(DecisionForm form, ConsentRequest request) {
        return switch (form.action()) {
            case ALLOW ->
                new Decision.Approve(
                        Optional.of(form.scope().orElse(request.permissions().asked())), details(form, request));
            case DENY -> new Decision.Deny();
            case REPORT -> new Decision.Deny(true);
        };
    }

    /** The details that are asked for, with all accounts that they can be about, or with those that the form names. */
    private Optional<Details> details(DecisionForm form, ConsentRequest request) {
        if (request.details().isEmpty()) {
            return Optional.empty();
        }
        DetailTypes types = DetailTypes.of(session);
        Texts texts = Texts.of(session, realm, Locale.ENGLISH);
        List<ShownDetail> shown = types.shown(request.details(), texts, () -> accounts(request));
        Map<Integer, Set<String>> chosen = new HashMap<>();
        for (int place = 0; place < shown.size(); place++) {
            Optional<AccountChoice> choice = shown.get(place).choice();
            chosen.put(
                    place,
                    choice.map(of -> form.accounts().orElseGet(() -> all(of))).orElse(Set.of()));
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

    private Response answer(DecisionResult result, Decision decision) {
        if (result instanceof DecisionResult.Decided) {
            String status = decision instanceof Decision.Deny ? "denied" : "approved";
            return Response.ok(Map.of("status", status))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        if (result instanceof DecisionResult.Refused refused) {
            throw Objections.toException(session, refused.objection());
        }
        return DecisionProblems.of(result).toResponse();
    }

    private ConsentRequests requests() {
        return ConsentRequests.of(session);
    }
}
