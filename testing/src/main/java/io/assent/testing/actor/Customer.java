package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

/** A customer of the bank, who has a password. */
public record Customer(Realm realm, String id, String username, String password) {

    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(30);

    /** Logs in to the bank's app. */
    public BankApp app() {
        return app(BankApp.CLIENT_ID);
    }

    /** Logs in to a public client that is used like the bank's app. */
    public BankApp app(String clientId) {
        return new BankApp(realm, loggedIn(clientId).ok().get("access_token").asText());
    }

    /** All tokens of a login to the bank's app. */
    public Answer loggedIn() {
        return loggedIn(BankApp.CLIENT_ID);
    }

    /** Logs in to the bank's app by a token that is bound to a key (RFC 9449). */
    public BankApp appBoundTo(PhoneKey key) {
        Answer login = Eventually.within(
                LOGIN_LIMIT,
                "a login of " + username,
                () -> Http.send(login(BankApp.CLIENT_ID, password)
                        .header("DPoP", key.dpop("POST", realm.tokenEndpoint(), null))),
                answer -> !answer.error().equals("invalid_grant"));
        assertThat(login.text("token_type")).as(login.toString()).isEqualTo("DPoP");
        return new BankApp(realm, login.text("access_token")).boundTo(key);
    }

    private Answer loggedIn(String clientId) {
        // while the server still puts an earlier login of the customer away, it refuses the next one
        return Eventually.within(
                LOGIN_LIMIT,
                "a login of " + username,
                () -> Http.send(login(clientId, password)),
                login -> !login.error().equals("invalid_grant"));
    }

    /** Is locked out, after so many wrong passwords as it takes: the server counts them beside its answers. */
    public void lockOut() {
        Eventually.within(LOGIN_LIMIT, username + " locked out", () -> {
            loginWrongly();
            return realm.admin().lockedOut(realm.name(), id);
        });
    }

    /** Tries to log in to the bank's app with a password that is not the customer's. */
    public Answer loginWrongly() {
        return Http.send(login(BankApp.CLIENT_ID, "not-" + password));
    }

    private HttpRequest.Builder login(String clientId, String secret) {
        return Http.form(
                realm.tokenEndpoint(),
                Map.of(
                        "grant_type", "password",
                        "client_id", clientId,
                        "username", username,
                        "password", secret,
                        "scope", "openid"));
    }
}
