package io.assent.authority;

import io.assent.rules.ConsentRules.Deciding;
import io.assent.rules.ConsentRules.Enrolling;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.time.Instant;

/** What the realm knows of customers and clients now. */
interface Register {

    /** @return whether there is such a client, and it may do anything */
    boolean isEnabled(String realmId, String clientId);

    /** @return whether there is such a client, and it may do nothing; what a client asked that is gone goes with it */
    boolean isDisabled(String realmId, String clientId);

    /** @return whether there is such a client, and what it asked then is worth nothing since it was switched off */
    boolean voids(String realmId, String clientId, Instant asked);

    /** @return whether there is such a customer, and it may log in */
    boolean isEnabled(Customer customer);

    /** Whether the customer may not log in after wrong passwords, for now or until an admin helps. */
    boolean isLockedOut(Customer customer);

    /** What the bank demands of the login of who answers the client. */
    Deciding deciding(Parties parties);

    /** What the bank demands of the login that gives a device a key in the client, which is its own app. */
    Enrolling enrolling(Parties app);

    /** @param clientId the internal id of the client that answers, or {@code null} on the server's own pages */
    Levels levels(String realmId, String clientId);
}
