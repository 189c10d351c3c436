package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** The stock server's own way: the account API ends all that a third party was granted. */
public final class StockAccount implements Withdrawal {

    private final int port;
    private final String applications;
    private final String path;
    private final List<String> authorizations;

    private StockAccount(int port, String applications, String clientId, List<String> authorizations) {
        this.port = port;
        this.applications = applications;
        path = applications + "/" + clientId + "/consent";
        this.authorizations = authorizations;
    }

    /** Logs every customer in. */
    public static StockAccount logIn(int port, String realm, List<Customer> customers, String clientId)
            throws IOException {
        try (Connection connection = new Connection(port)) {
            Login login = new Login(realm, "admin-cli");
            return new StockAccount(
                    port, "/realms/" + realm + "/account/applications", clientId, login.all(connection, customers));
        }
    }

    /** Each with all the sessions that came of it. */
    @Override
    public void clear() throws IOException {
        try (Connection connection = new Connection(port)) {
            for (String authorization : authorizations) {
                withdraw(connection, authorization);
            }
        }
    }

    @Override
    public void list(Connection connection, int customer) throws IOException {
        // by the media type it is told from the account console
        JsonNode listed = connection
                .send(Connection.request("GET", applications, authorizations.get(customer), "application/json", ""))
                .expect(200, "a list by the account API")
                .json();
        if (listed.isEmpty()) {
            throw new UnexpectedReply("a customer with consents was shown " + listed);
        }
    }

    @Override
    public void withdraw(Connection connection, Granted granted) throws IOException {
        withdraw(connection, authorizations.get(granted.customer()));
    }

    private void withdraw(Connection connection, String authorization) throws IOException {
        // by the media type it is told from the account console
        connection
                .send(Connection.request("DELETE", path, authorization, "application/json", ""))
                .expect(204, "an end by the account API");
    }
}
