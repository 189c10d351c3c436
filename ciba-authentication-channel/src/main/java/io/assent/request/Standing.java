package io.assent.request;

import java.time.Instant;

/** How a request stands for the client that asked. */
public sealed interface Standing {

    /** The client has no such request, or has fetched its tokens already. */
    record Unknown() implements Standing {}

    /** Its time is over, answered or not. */
    record Expired() implements Standing {}

    /** The customer has not answered, and can until then. */
    record Pending(Instant expiresAt) implements Standing {}

    /** The customer refused. */
    record Denied() implements Standing {}

    /** The customer granted something, and the tokens can be fetched by {@link ConsentRequests#redeem}. */
    record Approved(ConsentRequest request) implements Standing {}
}
