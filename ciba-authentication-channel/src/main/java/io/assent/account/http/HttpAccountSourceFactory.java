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
        describe(options, HttpOptions.ADDRESS, "URL of the bank's endpoint, with {customer} and possibly {realm}.");
        describe(
                options,
                HttpOptions.CUSTOMER_ATTRIBUTE,
                "By what the endpoint knows a customer: id, username, or a user attribute that no customer can edit.");
        describe(options, HttpOptions.BEARER_TOKEN_FILE, "A file with the token to send. It is read for each call.");
        describe(options, HttpOptions.KEY_STORE_FILE, "A key store with the certificate and key to show.");
        describe(options, HttpOptions.KEY_STORE_PASSWORD_FILE, "A file with the key store's password.");
        describe(options, HttpOptions.KEY_STORE_TYPE, "The key store's type, PKCS12 by default.");
        describe(options, HttpOptions.CONNECT_TIMEOUT, "How long a connection may take, in milliseconds; 1000.");
        describe(options, HttpOptions.TIMEOUT, "How long a call may take in all, in milliseconds; 2000.");
        describe(options, HttpOptions.CALLS, "How many calls a node makes at once; 8. Above that there is no answer.");
        describe(options, HttpOptions.CACHE_SECONDS, "How long an answer may be shown, in seconds; 60. 0 for never.");
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
