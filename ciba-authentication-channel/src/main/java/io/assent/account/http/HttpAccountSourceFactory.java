package io.assent.account.http;

import io.assent.account.AccountSource;
import io.assent.account.AccountSourceFactory;
import io.assent.account.AccountSourceSpi;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The account source {@value #ID}: the bank's own endpoint says which accounts a customer has. */
public final class HttpAccountSourceFactory implements AccountSourceFactory {

    static final String ID = "http";

    private Optional<EndpointAccounts> connected = Optional.empty();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(AccountSourceSpi.NAME, ID, config);
        connected = HttpOptions.read(options).map(read -> connect(options, read));
    }

    private static EndpointAccounts connect(ProviderOptions options, HttpOptions read) {
        try {
            return new EndpointAccounts(read, new Endpoint(read), new RecentAccounts(read.kept()));
        } catch (IOException unusable) {
            throw options.wrong(
                    HttpOptions.KEY_STORE_FILE,
                    "can't be used (%s): name a key store with a key, and a file with its password"
                            .formatted(unusable.getClass().getSimpleName()));
        }
    }

    @Override
    public boolean isAvailable() {
        return connected.isPresent();
    }

    @Override
    public AccountSource create(KeycloakSession session) {
        EndpointAccounts accounts = connected.orElseThrow();
        return new HttpAccountSource(
                session.getContext().getRealm(), accounts.options().customer(), accounts);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        ProviderConfigurationBuilder options = ProviderConfigurationBuilder.create();
        describe(
                options,
                HttpOptions.ADDRESS,
                "The URL of the bank's endpoint, with {customer} and optionally {realm}.");
        describe(
                options,
                HttpOptions.CUSTOMER_ATTRIBUTE,
                "The attribute that identifies a customer at the endpoint: id, username, or a user"
                        + " attribute that no customer can edit.");
        describe(
                options,
                HttpOptions.BEARER_TOKEN_FILE,
                "The path of a file with the bearer token to send. It is read for each call.");
        describe(
                options,
                HttpOptions.KEY_STORE_FILE,
                "The path of a key store with the client certificate and its key.");
        describe(options, HttpOptions.KEY_STORE_PASSWORD_FILE, "The path of a file with the key store's password.");
        describe(options, HttpOptions.KEY_STORE_TYPE, "The type of the key store. Default: PKCS12.");
        describe(options, HttpOptions.CONNECT_TIMEOUT, "The timeout of a connection, in milliseconds. Default: 1000.");
        describe(options, HttpOptions.TIMEOUT, "The timeout of a whole call, in milliseconds. Default: 2000.");
        describe(
                options,
                HttpOptions.CALLS,
                "The largest number of calls of a node at a time. Further calls fail. Default: 8.");
        describe(
                options,
                HttpOptions.CACHE_SECONDS,
                "The time for which an answer may be shown, in seconds. Default: 60. 0: never.");
        return options.build();
    }

    private static void describe(ProviderConfigurationBuilder options, String name, String help) {
        options.property()
                .name(name)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText(help)
                .add();
    }
}
