package io.assent.benchmark.load;

import java.io.IOException;
import java.util.Collection;

/** How a customer's approval reaches the server on one side. */
public interface Approval {

    /** Learns what it has to know of requests to {@link #approve} them. Not measured. */
    void prepare(Collection<Asked> asked);

    /** Approves a request that it was {@linkplain #prepare prepared} for. */
    void approve(Connection connection, Asked asked) throws IOException;

    /** Approves a request as soon as the customer's side is told of it in the ordinary way. */
    void approveWhenTold(Connection connection, Asked asked) throws IOException, InterruptedException;

    /** Forgets what it knows of requests so far. */
    void forget();
}
