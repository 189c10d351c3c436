package io.assent.it.faults;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.server.Servers;
import java.util.UUID;

/** A customer, who is in one journey at a time. */
record Lane(Customer customer, String appToken, Journey.Will will) {

    private static final int LATE = 5;

    static Lane of(TwoNodes nodes, int number) {
        Journey.Will will = will(number);
        Realm realm = nodes.one().realm(will == Journey.Will.COME_LATE ? FaultyCluster.LATE_REALM : Servers.BANK);
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "log");
        return new Lane(customer, app.accessToken(), will);
    }

    private static Journey.Will will(int number) {
        if (number < LATE) {
            return Journey.Will.COME_LATE;
        }
        return switch (number % 5) {
            case 0, 1 -> Journey.Will.APPROVE_ALL;
            case 2, 3 -> Journey.Will.APPROVE_A_PART;
            default -> Journey.Will.DENY;
        };
    }
}
