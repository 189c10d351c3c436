package io.assent.sandbox.unattended;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.account.Accounts;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.detail.ShownDetail;
import io.assent.detail.ShownDetail.AccountChoice;
import io.assent.evidence.Circumstances;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.Responder;
import io.assent.server.Customer;
import io.assent.text.Texts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Answers in the customer's place. */
public record StandIn(KeycloakSession session, RealmModel realm) {

    /** A request whose time ends by it, or did before, is {@linkplain DecisionResult.Expired expired}. */
    public DecisionResult answer(ConsentRequest request, Answer answer) {
        return answer.action() == Answer.Action.EXPIRE ? expire(request) : decide(request, answer);
    }

    private DecisionResult expire(ConsentRequest request) {
        if (request.status() != ConsentRequestStatus.PENDING) {
            return new DecisionResult.AlreadyDecided(request);
        }
        ConsentRequests.of(session).drop(request);
        return new DecisionResult.Expired();
    }

    private DecisionResult decide(ConsentRequest request, Answer answer) {
        if (answer.namesAccounts() && !areChoosable(request)) {
            return new DecisionResult.InvalidDetails(
                    "accounts names accounts, and nothing in the request is about accounts: leave it out");
        }
        UserModel customer =
                session.users().getUserById(realm, request.parties().userId());
        return customer == null
                ? new DecisionResult.NotFound()
                : ConsentRequests.of(session)
                        .decide(
                                Customer.of(realm, customer),
                                request.id(),
                                decision(answer, request),
                                Responder.page(null, Circumstances.UNKNOWN));
    }

    private Decision decision(Answer answer, ConsentRequest request) {
        return switch (answer.action()) {
            case ALLOW ->
                new Decision.Approve(
                        Optional.of(answer.scope().orElse(request.permissions().asked())), details(answer, request));
            case DENY -> new Decision.Deny();
            case REPORT -> new Decision.Deny(true);
            case EXPIRE -> throw new IllegalArgumentException("no decision");
        };
    }

    /**
     * The details that are asked for, with all accounts that they can be about, or with those that the answer names.
     */
    private Optional<Details> details(Answer answer, ConsentRequest request) {
        if (request.details().isEmpty()) {
            return Optional.empty();
        }
        List<ShownDetail> shown = shown(request);
        Map<Integer, Set<String>> chosen = new HashMap<>();
        for (int place = 0; place < shown.size(); place++) {
            Optional<AccountChoice> choice = shown.get(place).choice();
            chosen.put(
                    place,
                    choice.map(of -> answer.accounts().orElseGet(() -> all(of))).orElse(Set.of()));
        }
        return Optional.of(DetailTypes.of(session).withAccounts(request.details(), chosen));
    }

    private boolean areChoosable(ConsentRequest request) {
        return shown(request).stream().anyMatch(detail -> detail.choice().isPresent());
    }

    private List<ShownDetail> shown(ConsentRequest request) {
        Texts texts = Texts.of(session, realm, Locale.ENGLISH);
        return DetailTypes.of(session).shown(request.details(), texts, () -> accounts(request));
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
}
