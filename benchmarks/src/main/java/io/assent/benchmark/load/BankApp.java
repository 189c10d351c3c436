package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The pack's way: the customer's app is pushed to, and decides and withdraws by the pack's API. */
public final class BankApp implements Approval, Withdrawal {

    private static final String JSON = "application/json";

    private final String realm;
    private final List<Customer> customers;
    private final Pushes pushes;
    private final Supplier<Map<String, String>> requestIds;
    private final Runnable clear;
    private final List<String> authorizations = new ArrayList<>();
    private Map<String, String> known = Map.of();

    /**
     * @param requestIds the ids of the requests that wait, by their {@code binding_message}
     * @param clear takes everybody's consents away
     */
    public BankApp(
            String realm,
            List<Customer> customers,
            Pushes pushes,
            Supplier<Map<String, String>> requestIds,
            Runnable clear) {
        this.realm = realm;
        this.customers = customers;
        this.pushes = pushes;
        this.requestIds = requestIds;
        this.clear = clear;
    }

    /** The push token of a customer's one device. */
    public static String pushToken(int customer) {
        return "push-token-" + customer;
    }

    /** The customer whose device has this push token. */
    public static int customer(String pushToken) {
        return Integer.parseInt(pushToken.substring("push-token-".length()));
    }

    /** Logs every customer in, and registers a device for each. */
    public void logIn(Connection connection, String platform) throws IOException {
        authorizations.addAll(new Login(realm, "bank-app").all(connection, customers));
        for (int customer = 0; customer < customers.size(); customer++) {
            connection
                    .send(Connection.request(
                            "PUT",
                            "/realms/" + realm + "/consent/v1/devices/" + UUID.randomUUID(),
                            authorizations.get(customer),
                            JSON,
                            "{\"platform\":\"" + platform + "\",\"pushToken\":\"" + pushToken(customer) + "\"}"))
                    .expect(201, "a registration");
        }
    }

    @Override
    public void prepare(Collection<Asked> asked) {
        known = requestIds.get();
    }

    @Override
    public void approve(Connection connection, Asked asked) throws IOException {
        approve(connection, asked, known.get(asked.reference()));
    }

    @Override
    public void approveWhenTold(Connection connection, Asked asked) throws IOException, InterruptedException {
        approve(connection, asked, pushes.await(asked.customer()));
    }

    private void approve(Connection connection, Asked asked, String requestId) throws IOException {
        JsonNode request = approve(connection, asked.customer(), requestId);
        if (!request.path("bindingMessage").asText().equals(asked.reference())) {
            throw new UnexpectedReply("a decision was answered " + request);
        }
    }

    /** Claims the link that a browser shows, and returns the id of the request. */
    String claim(Connection connection, int customer, String link) throws IOException {
        return connection
                .send(Connection.request("POST", link, authorizations.get(customer), null, ""))
                .expect(200, "a claim of a link")
                .json()
                .required("id")
                .textValue();
    }

    JsonNode approve(Connection connection, int customer, String requestId) throws IOException {
        JsonNode request = connection
                .send(Connection.request(
                        "PUT",
                        "/realms/" + realm + "/consent/v1/requests/" + requestId + "/decision",
                        authorizations.get(customer),
                        JSON,
                        "{\"decision\":\"approve\"}"))
                .expect(200, "a decision")
                .json();
        if (!request.path("status").asText().equals("approved")) {
            throw new UnexpectedReply("a decision was answered " + request);
        }
        return request;
    }

    @Override
    public void clear() {
        clear.run();
    }

    @Override
    public void list(Connection connection, int customer) throws IOException {
        JsonNode consents = connection
                .send(Connection.request(
                        "GET", "/realms/" + realm + "/consent/v1/consents", authorizations.get(customer), null, ""))
                .expect(200, "a list of consents")
                .json();
        if (consents.path("consents").isEmpty()) {
            throw new UnexpectedReply("a customer with consents was shown " + consents);
        }
    }

    @Override
    public void withdraw(Connection connection, Granted granted) throws IOException {
        connection
                .send(Connection.request(
                        "DELETE",
                        "/realms/" + realm + "/consent/v1/consents/" + granted.consentId(),
                        authorizations.get(granted.customer()),
                        null,
                        ""))
                .expect(204, "a withdrawal");
    }

    @Override
    public void forget() {
        known = Map.of();
        pushes.forget();
    }
}
