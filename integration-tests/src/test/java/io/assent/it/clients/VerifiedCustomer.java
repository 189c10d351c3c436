package io.assent.it.clients;

import io.assent.testing.actor.Customer;

/** Somebody of whom the bank verified something. */
final class VerifiedCustomer {

    /** The bank did so from now on: an adult, and German. */
    static void verify(Customer customer) {
        customer.realm().admin().updateUser(customer.realm().name(), customer.id(), user -> user.withObjectProperty(
                        "attributes")
                .putArray("kyc.verified_claims")
                .add("""
                                {"verification":{"trust_framework":"de_aml","time":"2024-03-01T10:00:00Z"},
                                 "claims":{"birthdate":"1980-05-12","nationality":"DE","age_over_18":true}}"""));
    }

    private VerifiedCustomer() {}
}
