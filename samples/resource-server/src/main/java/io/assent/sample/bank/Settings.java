package io.assent.sample.bank;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.util.Map;

/**
 * Whose tokens we take, and who we are there; without a word about it, those of the sandbox.
 *
 * @param authentication of this API, by which it asks what a token is worth; its id is the audience of our tokens
 * @param port on this machine alone
 * @param url where TPPs find us, which a proof of a key (DPoP) has to name; empty for the port
 */
record Settings(Issuer issuer, ClientSecretBasic authentication, int port, String url) {

    static Settings of(Map<String, String> environment) {
        return new Settings(
                new Issuer(environment.getOrDefault("ISSUER", "http://localhost:8080/realms/bank")),
                new ClientSecretBasic(
                        new ClientID(environment.getOrDefault("CLIENT_ID", "sandbox-bank")),
                        new Secret(environment.getOrDefault("CLIENT_SECRET", "sandbox-bank-secret"))),
                Integer.parseInt(environment.getOrDefault("PORT", "8090")),
                environment.getOrDefault("URL", ""));
    }
}
