package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The bank's API for TPPs, which checks each token itself. */
record BankApi(Wire wire) {

    private static final String PAYMENTS = "/sandbox/bank/payments";

    /** @return the payment's id */
    String pays(String token, ObjectNode order) throws InterruptedException {
        return order(token, order, "/status", "/id").expect(201).text("id");
    }

    void refuses(String token, ObjectNode order) throws InterruptedException {
        order(token, order, "/title", "/detail").expect(422);
    }

    private Answer order(String token, ObjectNode order, String... shown) throws InterruptedException {
        Set<String> fields = new LinkedHashSet<>(List.of(shown));
        return wire.api("POST", PAYMENTS, token, order, fields);
    }
}
