package io.assent.authority;

import io.assent.offswitch.OffSwitch;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Deciding;
import io.assent.rules.ConsentRules.Enrolling;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The {@link Register} of a realm, read from Keycloak. */
record RealmRegister(KeycloakSession session) implements Register {

    @Override
    public boolean isEnabled(String realmId, String clientId) {
        return client(realmId, clientId)
                .filter(client -> !OffSwitch.of(client).isOff())
                .isPresent();
    }

    @Override
    public boolean isDisabled(String realmId, String clientId) {
        return client(realmId, clientId)
                .filter(client -> OffSwitch.of(client).isOff())
                .isPresent();
    }

    @Override
    public boolean voids(String realmId, String clientId, Instant asked) {
        return client(realmId, clientId)
                .filter(client -> OffSwitch.of(client).voids(asked))
                .isPresent();
    }

    @Override
    public boolean isEnabled(Customer customer) {
        return user(customer).filter(UserModel::isEnabled).isPresent();
    }

    @Override
    public boolean isLockedOut(Customer customer) {
        RealmModel realm = realm(customer.realmId());
        return user(customer).filter(user -> isLockedOut(realm, user)).isPresent();
    }

    /**
     * The server takes a customer for locked out on a page of a login, too, as long as another call of the same
     * customer goes on: so that nobody tries passwords side by side. A form that is sent twice tries none.
     */
    private boolean isLockedOut(RealmModel realm, UserModel user) {
        KeycloakContext context = session.getContext();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        context.setAuthenticationSession(null);
        try {
            return AuthenticatorUtils.getDisabledByBruteForceEventError(
                            session.getProvider(BruteForceProtector.class), session, realm, user)
                    != null;
        } finally {
            context.setAuthenticationSession(login);
        }
    }

    @Override
    public Deciding deciding(Parties parties) {
        return rules(parties).deciding();
    }

    @Override
    public Enrolling enrolling(Parties app) {
        return rules(app).enrolling();
    }

    private ConsentRules rules(Parties parties) {
        return client(parties.realmId(), parties.clientId())
                .map(client -> ConsentRules.of(session, client))
                .orElse(ConsentRules.DEFAULT);
    }

    @Override
    public Levels levels(String realmId, String clientId) {
        return new Levels(
                client(realmId, clientId).map(AcrUtils::getAcrLoaMap).orElse(Map.of()),
                AcrUtils.getAcrLoaMap(realm(realmId)));
    }

    private Optional<ClientModel> client(String realmId, String clientId) {
        return Optional.ofNullable(clientId).map(id -> session.clients().getClientById(realm(realmId), id));
    }

    private Optional<UserModel> user(Customer customer) {
        return Optional.ofNullable(session.users().getUserById(realm(customer.realmId()), customer.userId()));
    }

    private RealmModel realm(String realmId) {
        RealmModel current = session.getContext().getRealm();
        return current != null && current.getId().equals(realmId)
                ? current
                : session.realms().getRealm(realmId);
    }
}
