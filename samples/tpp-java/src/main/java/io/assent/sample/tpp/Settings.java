package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.util.Map;

/**
 * Which bank, who we are there, and what we ask whom for; without a word about it, those of the sandbox.
 *
 * @param api where the bank's accounts are
 * @param details {@code authorization_details} (RFC 9396), or empty
 * @param pingPort where we hear pings, or 0 if we poll
 */
record Settings(
        Issuer issuer,
        String api,
        ClientAuthentication authentication,
        String customer,
        Scope scope,
        String details,
        int pingPort) {

    static Settings of(Map<String, String> environment) {
        String issuer = environment.getOrDefault("ISSUER", "http://localhost:8080/realms/bank");
        return new Settings(
                new Issuer(issuer),
                environment.getOrDefault("BANK", issuer + "/sandbox/bank"),
                new ClientSecretBasic(
                        new ClientID(environment.getOrDefault("CLIENT_ID", "acme-aisp")),
                        new Secret(environment.getOrDefault("CLIENT_SECRET", "acme-aisp-secret"))),
                environment.getOrDefault("CUSTOMER", "alice"),
                Scope.parse(environment.getOrDefault("SCOPE", "openid accounts.details accounts.balances")),
                environment.getOrDefault(
                        "DETAILS",
                        "[{\"type\": \"account_information\", \"actions\": [\"list_accounts\", \"read_balances\"]}]"),
                Integer.parseInt(environment.getOrDefault("PING_PORT", "0")));
    }
}
