package io.assent.sandbox;

import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.sandbox.bank.BankAccount;
import io.assent.sandbox.bank.BankEvent;
import io.assent.sandbox.bank.BankEventForm;
import io.assent.sandbox.bank.BankEvents;
import io.assent.server.ServerTime;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Has something happen at the bank, for a client's tests; the same form with an id is the same event. */
record BankHappening(KeycloakSession session) {

    Response make(MultivaluedMap<String, String> form) {
        new CallingClient(session).authenticated();
        BankEventForm.Reading read = BankEventForm.read(form);
        return read instanceof BankEventForm.Reading.Sound sound
                ? make(sound.form())
                : Problem.malformedRequest(((BankEventForm.Reading.Malformed) read).detail())
                        .toResponse();
    }

    private Response make(BankEventForm form) {
        UserModel customer =
                session.users().getUserByUsername(session.getContext().getRealm(), form.customer());
        if (customer == null) {
            return Problem.notFound("The realm has no such customer.").toResponse();
        }
        BankEvents events = new BankEvents(customer);
        Optional<BankEvent> before = events.find(form.id());
        if (before.isPresent()) {
            return Responses.ok(before.get().view().toString());
        }
        Optional<BankAccount> account = events.openAccounts().stream()
                .filter(open -> form.account().map(open.id()::equals).orElse(true))
                .findFirst();
        if (account.isEmpty()) {
            return Problem.notFound("The customer has no such account, or it was closed.")
                    .toResponse();
        }
        Optional<BankEvent> event = form.on(account.get(), ServerTime.now());
        if (event.isEmpty()) {
            return Problem.malformedRequest("amount has more decimals than the account's currency.")
                    .toResponse();
        }
        return events.add(event.get())
                .map(kept -> Responses.ok(kept.view().toString()))
                .orElseGet(() -> new Problem(
                                "urn:assent:problem:too-many-events",
                                "The customer has enough events",
                                409,
                                "The sandbox keeps " + BankEvents.MOST
                                        + " events of a customer at the most. Start over with a client of the realm, or take"
                                        + " another customer.")
                        .toResponse());
    }
}
