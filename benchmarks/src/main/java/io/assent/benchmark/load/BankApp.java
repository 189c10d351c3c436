package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The pack's way: the customer's app is pushed to, and decides and withdraws by the pack's API. */
public final class BankApp implements Approval, Withdrawal {

    private static final String JSON = "application/json";
    private static final int LOGINS_AT_ONCE = 8;
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(120);

    private final String realm;
    private final List<Customer> customers;
    private final Pushes pushes;
    private final Supplier<Map<String, String>> requestIds;
    private final Runnable clear;
    private final String[] authorizations;
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
        this.authorizations = new String[customers.size()];
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
    public void logIn(int port, String platform) throws InterruptedException {
        Login login = new Login(realm, "bank-app");
        AtomicInteger next = new AtomicInteger();
        new Load(List.of(port), LOGINS_AT_ONCE, LOGIN_LIMIT, customers.size()).run((worker, connection) -> {
            int customer = next.getAndIncrement();
            authorizations[customer] = login.one(connection, customers.get(customer));
            connection
                    .send(Connection.request(
                            "PUT",
                            "/realms/" + realm + "/consent/v1/devices/" + UUID.randomUUID(),
                            authorizations[customer],
                            JSON,
                            "{\"platform\":\"" + platform + "\",\"pushToken\":\"" + pushToken(customer) + "\"}"))
                    .expect(201, "a registration");
            return true;
        });
        if (next.get() < customers.size()) {
            throw new UnexpectedReply("of " + customers.size() + " customers " + next + " were logged in within "
                    + LOGIN_LIMIT.toSeconds() + " s");
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
                .send(Connection.request("POST", link, authorizations[customer], null, ""))
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
                        authorizations[customer],
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
                        "GET", "/realms/" + realm + "/consent/v1/consents", authorizations[customer], null, ""))
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
                        authorizations[granted.customer()],
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
