package io.assent.request;

import java.util.Set;

/** What came of a redemption. */
public sealed interface Redemption {

    /**
     * The caller, and no other on any node, may issue the tokens in this transaction; a rollback takes it back.
     *
     * @param request the request as it was approved
     * @param scope the OAuth {@code scope} that was granted, space separated (RFC 6749, section 3.3)
     */
    record Redeemed(ConsentRequest request, String scope) implements Redemption {}

    /** A token would carry permissions that the customer did not grant: the admin changed something meanwhile. */
    record Widened(Set<String> notGranted) implements Redemption {
        public Widened {
            notGranted = Set.copyOf(notGranted);
        }
    }

    /** The customer is disabled, or a client by which it was asked for or answered; for as long as that is so. */
    record Barred() implements Redemption {}

    /** Another call redeemed it first, or its time ran out. */
    record Gone() implements Redemption {}
}
