package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The third party. All that it does is the same on every side. */
public final class Tpp {

    /** What it asks for, and what every token must carry, no more and no less. */
    public static final Set<String> SCOPES = Set.of("openid", "accounts.balances", "accounts.transactions");

    private static final String CLIENT_ID = "acme-aisp";
    /** Nothing needs to answer there. */
    private static final String REDIRECT_URI = "http://localhost:9/back";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String backchannelPath;
    private final String authorizationPath;
    private final String tokenPath;
    private final String authorization = "Basic "
            + Base64.getEncoder()
                    .encodeToString((CLIENT_ID + ":" + CLIENT_ID + "-secret").getBytes(StandardCharsets.UTF_8));
    private final List<Customer> customers;

    public Tpp(String realm, List<Customer> customers) {
        this.backchannelPath = "/realms/" + realm + "/protocol/openid-connect/ext/ciba/auth";
        this.authorizationPath = "/realms/" + realm + "/protocol/openid-connect/auth";
        this.tokenPath = "/realms/" + realm + "/protocol/openid-connect/token";
        this.customers = customers;
    }

    public String clientId() {
        return CLIENT_ID;
    }

    /** The backchannel authentication request (CIBA Core 1.0, section 7.1). */
    public Asked ask(Connection connection, int customer) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String reference = new UUID(random.nextLong(), random.nextLong()).toString();
        String form = "scope=" + encode(String.join(" ", SCOPES))
                + "&binding_message=" + reference
                + "&login_hint=" + customers.get(customer).username();
        JsonNode answer = connection
                .send(Connection.request("POST", backchannelPath, authorization, FORM, form))
                .expect(200, "a backchannel request")
                .json();
        return new Asked(customer, reference, answer.required("auth_req_id").textValue());
    }

    /**
     * Where it sends a customer's browser, with the authorization request (RFC 6749, section 4.1.1). The customer is
     * asked however much was granted before.
     */
    public String authorizationRequest() {
        return authorizationPath + "?response_type=code&prompt=consent&client_id=" + CLIENT_ID + "&redirect_uri="
                + encode(REDIRECT_URI) + "&scope=" + encode(String.join(" ", SCOPES));
    }

    /** Fetches the tokens for the code that the browser came back with (section 4.1.3), and looks at them. */
    public Granted exchange(Connection connection, String code, int customer) throws IOException {
        String form = "grant_type=authorization_code&redirect_uri=" + encode(REDIRECT_URI) + "&code=" + code;
        return granted(
                token(connection, form).expect(200, "an exchange of a code").json(), customer);
    }

    /** Polls for a request that nobody has answered (section 11). */
    public void pollPending(Connection connection, Asked asked) throws IOException {
        JsonNode answer =
                poll(connection, asked).expect(400, "a poll while pending").json();
        if (!answer.path("error").asText().equals("authorization_pending")) {
            throw new UnexpectedReply("a poll while pending was answered " + answer);
        }
    }

    /** Fetches the tokens of an approved request (section 10.1), and looks whether they are the right ones. */
    public Granted redeem(Connection connection, Asked asked) throws IOException {
        return granted(poll(connection, asked).expect(200, "a redemption").json(), asked.customer());
    }

    /** Refreshes (RFC 6749, section 6), and looks at what comes back in the same way. */
    public Granted refresh(Connection connection, Granted granted) throws IOException {
        String form = "grant_type=refresh_token&refresh_token=" + granted.refreshToken();
        return granted(token(connection, form).expect(200, "a refresh").json(), granted.customer());
    }

    private Granted granted(JsonNode tokens, int customer) throws IOException {
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder()
                .decode(tokens.required("access_token").textValue().split("\\.")[1]));
        boolean right = Set.of(claims.path("scope").asText().split(" ")).equals(SCOPES)
                && claims.path("azp").asText().equals(CLIENT_ID)
                && claims.path("sub").asText().equals(customers.get(customer).id());
        if (!right) {
            throw new UnexpectedReply("a token is not the right one: " + claims);
        }
        return new Granted(
                customer,
                tokens.required("refresh_token").textValue(),
                claims.path("grant_id").asText());
    }

    private Reply poll(Connection connection, Asked asked) throws IOException {
        return token(
                connection, "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba&auth_req_id=" + asked.authReqId());
    }

    private Reply token(Connection connection, String form) throws IOException {
        return connection.send(Connection.request("POST", tokenPath, authorization, FORM, form));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
