package io.assent.it.push;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import java.util.Set;
import java.util.UUID;

/** A customer with a phone. */
record Reachable(Customer customer, BankApp app, String pushToken) {

    static Reachable in(Realm realm) {
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        return new Reachable(customer, app, app.register(UUID.randomUUID(), "fcm"));
    }

    /** What the customer is asked, from the server's own mouth. */
    Set<String> asked() {
        return Set.copyOf(app.idsOfAllPages("?status=pending&max=100"));
    }
}
