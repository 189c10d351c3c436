package io.assent.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.sandbox.bank.BankAccount;
import io.assent.sandbox.customer.CustomersWanted;
import io.assent.sandbox.customer.MadeCustomers;
import io.assent.sandbox.customer.MadeCustomers.Made;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** Makes customers for a client's tests; the same call again makes no more and is answered as the first time. */
record CustomerMaking(KeycloakSession session) {

    Response make(MultivaluedMap<String, String> form) {
        new CallingClient(session).authenticated();
        CustomersWanted.Reading read = CustomersWanted.read(form);
        return read instanceof CustomersWanted.Reading.Sound sound
                ? make(sound.wanted())
                : Problem.malformedRequest(((CustomersWanted.Reading.Malformed) read).detail())
                        .toResponse();
    }

    private Response make(CustomersWanted wanted) {
        return new OwnTransaction(session, "sandbox customers")
                .run(own -> new MadeCustomers(own, own.getContext().getRealm()).make(wanted))
                .map(made -> {
                    ObjectNode body = JsonNodeFactory.instance.objectNode();
                    ArrayNode customers = body.putArray("customers");
                    made.forEach(customer -> add(customers, customer));
                    return Responses.ok(body.toString());
                })
                .orElseGet(() -> new Problem(
                                "urn:assent:problem:too-many-customers",
                                "The realm has enough customers",
                                409,
                                "The sandbox makes " + MadeCustomers.MOST
                                        + " customers in a realm at the most. Take seeds that were taken before.")
                        .toResponse());
    }

    private static void add(ArrayNode customers, Made made) {
        ArrayNode accounts = customers
                .addObject()
                .put("username", made.username())
                .put("language", made.language())
                .putArray("accounts");
        BankAccount.of(made.id()).forEach(account -> accounts.addObject()
                .put("id", account.id())
                .put("iban", account.iban())
                .put("name", account.shown().name())
                .put("currency", account.shown().currency()));
    }
}
