package io.assent.account.http;

import io.assent.account.AccountSource;
import io.assent.account.AccountSourceFactory;
import io.assent.account.AccountSourceSpi;
import io.assent.bank.EndpointOptions;
import io.assent.server.ProviderOptions;
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
        connected = HttpOptions.read(options)
                .map(read ->
                        new EndpointAccounts(read, read.endpoint().connect(options), new RecentAccounts(read.kept())));
    }

    @Override
    public boolean isAvailable() {
        return connected.isPresent();
    }

    @Override
    public AccountSource create(KeycloakSession session) {
        EndpointAccounts accounts = connected.orElseThrow();
        return new HttpAccountSource(
                session.getContext().getRealm(), accounts.options().endpoint().customer(), accounts);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        ProviderConfigurationBuilder options =
                EndpointOptions.describe("The URL of the bank's endpoint, with {customer} and optionally {realm}.");
        EndpointOptions.describe(
                options,
                HttpOptions.CACHE_SECONDS,
                "The time for which an answer may be shown, in seconds. Default: 60. 0: never.");
        return options.build();
    }
}
