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
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

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
        return inOwnTransaction(wanted)
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

    /** Of two at once that make the same, one finds that they are there, and has to look again. */
    private Optional<List<Made>> inOwnTransaction(CustomersWanted wanted) {
        try {
            return makeOnce(wanted);
        } catch (ModelException madeMeanwhile) {
            return makeOnce(wanted);
        }
    }

    private Optional<List<Made>> makeOnce(CustomersWanted wanted) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> new MadeCustomers(own, own.getContext().getRealm()).make(wanted),
                "sandbox customers");
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
