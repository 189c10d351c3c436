package io.assent.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.block.Block;
import io.assent.block.Blocks;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentStatus;
import io.assent.consent.Consents;
import io.assent.overview.BlockList;
import io.assent.overview.BlockQuery;
import io.assent.overview.RequestQuery;
import io.assent.overview.RequestState;
import io.assent.overview.Requests;
import io.assent.partner.Partners;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.rest.Responses;
import io.assent.sandbox.bank.BankEvents;
import io.assent.sandbox.client.MadeClients;
import io.assent.sandbox.customer.MadeCustomers;
import io.assent.sandbox.unattended.Script;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Forgets what developers did in a realm, so that they begin anew: by the doors that end requests and consents and lift
 * blocks, as customers would, and so whoever is to hear of it hears. In steps, each in a transaction of its own: a call
 * that dies in the middle is repeated and goes on. A client that the sandbox made, which anybody could have, forgets
 * its own.
 */
record StartOver(KeycloakSession session) {

    /** As many of one kind as a call forgets, but for a step. */
    static final int MOST = 500;

    private static final int STEP = 50;

    Response run() {
        ClientModel caller = new CallingClient(session).authenticated();
        String callerId = caller.getId();
        boolean all = !MadeClients.isMade(caller);
        Optional<String> whose = all ? Optional.empty() : Optional.of(callerId);
        ObjectNode forgotten = JsonNodeFactory.instance.objectNode();
        forgotten.put("done", true);
        // before the requests that they would answer
        forget(forgotten, "scripts", (own, realm) -> Script.forget(realm, whose, STEP));
        forget(forgotten, "requests", (own, realm) -> endRequests(own, realm, whose));
        forget(forgotten, "consents", (own, realm) -> endConsents(own, realm, whose));
        forget(forgotten, "partners", (own, realm) -> endPartners(own, realm, whose));
        forget(forgotten, "blocks", (own, realm) -> liftBlocks(own, realm, whose));
        forget(forgotten, "events", (own, realm) -> all ? BankEvents.forget(own, realm, STEP) : 0);
        forget(forgotten, "customers", (own, realm) -> all ? new MadeCustomers(own, realm).remove(STEP) : 0);
        // who calls stays, and can call again
        forget(forgotten, "clients", (own, realm) -> all && new MadeClients(own, realm).removeOne(callerId) ? 1 : 0);
        return Responses.ok(forgotten.toString());
    }

    private void forget(ObjectNode forgotten, String what, Step step) {
        OwnTransaction transaction = new OwnTransaction(session, "sandbox starts over");
        int sum = 0;
        int last;
        do {
            last = transaction.run(own -> step.forget(own, own.getContext().getRealm()));
            sum += last;
        } while (last > 0 && sum < MOST);
        forgotten.put(what, sum);
        forgotten.put("done", forgotten.get("done").booleanValue() && last == 0);
    }

    private static int endRequests(KeycloakSession own, RealmModel realm, Optional<String> whose) {
        RequestQuery open = new RequestQuery(
                realm.getId(),
                Optional.empty(),
                whose,
                Optional.of(RequestState.PENDING),
                Optional.empty(),
                Optional.empty());
        List<ConsentRequest> found =
                Requests.of(own).search(open, Optional.empty(), STEP).items();
        found.forEach(ConsentRequests.of(own)::expire);
        return found.size();
    }

    private static int endConsents(KeycloakSession own, RealmModel realm, Optional<String> whose) {
        ConsentQuery live = new ConsentQuery(
                realm.getId(),
                null,
                whose.orElse(null),
                Arrays.stream(ConsentStatus.values())
                        .filter(ConsentStatus::isLive)
                        .collect(Collectors.toSet()),
                null,
                null);
        Consents consents = Consents.of(own);
        List<Consent> found = consents.search(live, Optional.empty(), STEP);
        found.forEach(consent -> consents.withdraw(consent.parties().customer(), consent.id(), Actor.CUSTOMER));
        return found.size();
    }

    private static int endPartners(KeycloakSession own, RealmModel realm, Optional<String> whose) {
        Partners partners = Partners.of(own);
        return whose.map(client -> partners.endAllOf(realm.getId(), client)).orElseGet(() -> own.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .mapToInt(provider -> partners.endAllBy(realm.getId(), provider.getInternalId(), provider.getAlias()))
                .sum());
    }

    private static int liftBlocks(KeycloakSession own, RealmModel realm, Optional<String> whose) {
        List<Block> found =
                BlockList.of(own).search(new BlockQuery(realm.getId(), Optional.empty(), whose, false), 0, STEP);
        found.forEach(block -> Blocks.of(own).remove(block.parties()));
        return found.size();
    }

    /** Forgets some of one kind. */
    @FunctionalInterface
    private interface Step {

        /** @return how many; 0 where there was nothing left */
        int forget(KeycloakSession own, RealmModel realm);
    }
}
