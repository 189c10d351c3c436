package io.assent.benchmark.load;

import java.io.IOException;

/** How a customer whom the browser does not know logs in and consents, on one side. */
public interface BrowserLogin {

    /**
     * What a customer takes for each act. Less, and a page would be told before it waits, which no customer is fast
     * enough for.
     */
    int ACT_MILLIS = 100;

    /**
     * From the authorization request to the way back to the third party, in a new browser: by two acts.
     *
     * @param app which the customer's app calls by, where one is needed
     * @return the authorization code
     */
    String code(Connection app, String authorizationRequest, int customer) throws IOException, InterruptedException;
}
