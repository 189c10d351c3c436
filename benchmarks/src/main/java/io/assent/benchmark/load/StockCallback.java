package io.assent.benchmark.load;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;

/** The stock server's own way: an authentication entity calls back with the bearer token that names the request. */
public final class StockCallback implements Approval {

    private final String path;
    private final Function<Asked, String> bearerTokens;
    private final Runnable forget;

    /** @param forget called when the requests so far are no longer of interest */
    public StockCallback(String realm, Function<Asked, String> bearerTokens, Runnable forget) {
        this.path = "/realms/" + realm + "/protocol/openid-connect/ext/ciba/auth/callback";
        this.bearerTokens = bearerTokens;
        this.forget = forget;
    }

    @Override
    public void prepare(Collection<Asked> asked) {}

    @Override
    public void approve(Connection connection, Asked asked) throws IOException {
        connection
                .send(Connection.request(
                        "POST",
                        path,
                        "Bearer " + bearerTokens.apply(asked),
                        "application/json",
                        "{\"status\":\"SUCCEED\"}"))
                .expect(200, "a callback");
    }

    @Override
    public void approveWhenTold(Connection connection, Asked asked) throws IOException {
        approve(connection, asked);
    }

    @Override
    public void forget() {
        forget.run();
    }
}
