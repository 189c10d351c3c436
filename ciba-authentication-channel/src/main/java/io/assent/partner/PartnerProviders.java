package io.assent.partner;

import io.assent.server.Customer;
import io.assent.server.OperatorLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/** Which identity provider of a realm is which client's. An admin says so, in the identity provider. */
final class PartnerProviders {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(PartnerProviders.class));

    /** Empty where the client is no partner, and where the settings leave open what the admin wants. */
    static Optional<PartnerSettings> find(KeycloakSession session, ClientModel client) {
        if (client == null || !session.identityProviders().isIdentityFederationEnabled()) {
            return Optional.empty();
        }
        List<IdentityProviderModel> named = naming(session, client.getClientId());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> flaw = flaw(named);
        if (flaw.isPresent()) {
            warn(client.getRealm(), named.get(0), flaw.get());
            return Optional.empty();
        }
        return Optional.of(PartnerSettings.of(named.get(0)));
    }

    /** Those that are on and name a client; two of them at the most. */
    private static List<IdentityProviderModel> naming(KeycloakSession session, String clientId) {
        return session.identityProviders()
                .getAllStream(
                        IdentityProviderQuery.userAuthentication()
                                .with(IdentityProviderModel.ENABLED, Boolean.TRUE.toString())
                                .with(PartnerSettings.CLIENT, clientId),
                        0,
                        2)
                .filter(PartnerProviders::isPartner)
                .toList();
    }

    private static boolean isPartner(IdentityProviderModel provider) {
        return PartnerSettings.PROVIDER_ID.equals(provider.getProviderId());
    }

    private static Optional<String> flaw(List<IdentityProviderModel> named) {
        return named.size() > 1
                ? Optional.of("the identity providers '%s' and '%s' name the same client: let one of them name it"
                        .formatted(named.get(0).getAlias(), named.get(1).getAlias()))
                : PartnerSettings.flaw(named.get(0));
    }

    /** What keeps customers from being asked, by the alias of the identity provider that is meant as a partner. */
    static Map<String, String> flaws(KeycloakSession session, RealmModel realm) {
        Map<String, String> flaws = new TreeMap<>();
        session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication()
                        .with(IdentityProviderModel.ENABLED, Boolean.TRUE.toString()))
                .filter(PartnerProviders::isPartner)
                .forEach(provider -> flaw(session, realm, provider.getConfig().get(PartnerSettings.CLIENT))
                        .ifPresent(flaw -> flaws.put(provider.getAlias(), flaw)));
        return flaws;
    }

    private static Optional<String> flaw(KeycloakSession session, RealmModel realm, String clientId) {
        if (clientId == null || clientId.isBlank() || realm.getClientByClientId(clientId) == null) {
            return Optional.of("name a client of the realm in %s".formatted(PartnerSettings.CLIENT));
        }
        return flaw(naming(session, clientId))
                .or(() -> isActionOn(realm)
                        ? Optional.empty()
                        : Optional.of("switch on the required action '%s'".formatted(PartnerAccess.ACTION)));
    }

    private static boolean isActionOn(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(PartnerAccess.ACTION);
        return action != null && action.isEnabled();
    }

    /**
     * Whether Keycloak would let the customer link an account, and an admin has switched the required action on: else
     * the customer would choose for nothing.
     */
    static boolean canConnect(KeycloakSession session, Customer customer) {
        RealmModel realm = session.realms().getRealm(customer.realmId());
        UserModel user = session.users().getUserById(realm, customer.userId());
        if (user == null || !isActionOn(realm)) {
            return false;
        }
        ClientModel account = realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        return account != null
                && Stream.of(AccountRoles.MANAGE_ACCOUNT, AccountRoles.MANAGE_ACCOUNT_LINKS)
                        .map(account::getRole)
                        .anyMatch(role -> role != null && user.hasRole(role));
    }

    private static void warn(RealmModel realm, IdentityProviderModel provider, String flaw) {
        OPERATOR.warn(
                realm.getId() + provider.getAlias(),
                "Identity provider '%s' of realm '%s' is no partner, and customers are not asked for it: %s"
                        .formatted(provider.getAlias(), realm.getName(), flaw));
    }

    private PartnerProviders() {}
}
