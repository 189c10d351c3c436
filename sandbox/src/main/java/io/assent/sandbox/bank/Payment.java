package io.assent.sandbox.bank;

import java.time.Instant;
import java.util.Optional;

/**
 * A payment that was carried out.
 *
 * @param act which answer of the customer it goes back to; there is one payment for each
 * @param contentHash names what the customer was shown when giving that answer
 * @param debtorAccount the public id of the account that it was paid from
 * @param keptUntil no token can order it again after that
 */
record Payment(
        String id,
        Act act,
        PaymentOrder order,
        String debtorAccount,
        Optional<String> contentHash,
        Instant bookedAt,
        Instant keptUntil) {

    /**
     * An answer of a customer to a client.
     *
     * @param txn the id of the request that was answered
     */
    record Act(String realmId, String customer, String client, String txn) {}
}
