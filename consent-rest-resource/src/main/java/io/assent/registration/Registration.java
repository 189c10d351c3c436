package io.assent.registration;

import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.client.clienttype.ClientTypeException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.validation.ValidationUtil;

/**
 * Makes a TPP a client, as Keycloak's own call would: by the realm's client policies, with Keycloak's own checks and
 * its own event. Which call that is says the {@link Registrar}.
 */
public final class Registration {

    /** They say how and when a customer logged in, and no customer is asked for them. */
    private static final List<String> GIVEN = List.of("basic", "acr");

    private final KeycloakSession session;
    private final Registrar registrar;

    private Registration(KeycloakSession session, Registrar registrar) {
        this.session = session;
        this.registrar = registrar;
    }

    /** @param admin who of the staff does it */
    public static Registration by(KeycloakSession session, AdminAuth admin, AdminEventBuilder adminEvent) {
        return by(session, new Staff(admin, adminEvent));
    }

    /** @param registrar who does it */
    public static Registration by(KeycloakSession session, Registrar registrar) {
        return new Registration(session, registrar);
    }

    /**
     * In a transaction of its own, so that a client that somebody else makes at the same time is found when it is done
     * again.
     */
    public RegistrationResult register(RealmModel realm, TppForm form) {
        try {
            return inOwnTransaction(realm, form);
        } catch (ModelDuplicateException meanwhile) {
            return inOwnTransaction(realm, form);
        }
    }

    private RegistrationResult inOwnTransaction(RealmModel realm, TppForm form) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> {
                    RealmModel same = own.realms().getRealm(realm.getId());
                    own.getContext().setRealm(same);
                    RegistrationResult result = register(own, same, form);
                    if (result instanceof RegistrationResult.Refused) {
                        own.getTransactionManager().setRollbackOnly();
                    }
                    return result;
                },
                "registration of a TPP");
    }

    private RegistrationResult register(KeycloakSession own, RealmModel realm, TppForm form) {
        TppRule rule = rule(realm);
        Optional<RegistrationFlaw> flaw = rule.flaw(form);
        if (flaw.isPresent()) {
            return new RegistrationResult.Refused(flaw.get());
        }
        ClientModel there = realm.getClientByClientId(form.clientId());
        if (there != null) {
            return rule.isSo(ModelToRepresentation.toRepresentation(there, own), form)
                    ? new RegistrationResult.RegisteredBefore(there.getId())
                    : new RegistrationResult.OtherClient();
        }
        try {
            ClientRepresentation wanted = rule.client(form);
            registrar.complete(wanted);
            return make(own, realm, wanted);
        } catch (ClientPolicyException refused) {
            return refused(refused.getErrorDetail());
        } catch (ModelValidationException | ClientTypeException refused) {
            return refused(refused.getMessage());
        }
    }

    private TppRule rule(RealmModel realm) {
        Set<String> permissions = PermissionCatalogue.offered(realm)
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> unasked = realm.getClientScopesStream()
                .filter(scope -> !scope.isDisplayOnConsentScreen())
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
        return new TppRule(
                permissions,
                realm.getClientScopesStream()
                        .map(ClientScopeModel::getName)
                        .anyMatch(OAuth2Constants.OFFLINE_ACCESS::equals),
                GIVEN.stream().filter(unasked::contains).toList(),
                name -> RequestingClient.flawOfName(realm, name).isEmpty(),
                registrar.isForTrials());
    }

    /** The steps of Keycloak's own call, in its order. */
    private RegistrationResult make(KeycloakSession own, RealmModel realm, ClientRepresentation wanted)
            throws ClientPolicyException {
        own.clientPolicy().triggerOnEvent(registrar.before(own, wanted));
        ClientModel client = ClientManager.createClient(own, realm, wanted);
        List<String> faults = new ArrayList<>();
        ValidationUtil.validateClient(own, client, true, found -> faults.add(found.getAllErrorsAsString()));
        if (!faults.isEmpty()) {
            return refused(String.join(" ", faults));
        }
        own.getContext().setClient(client);
        own.clientPolicy().triggerOnEvent(registrar.after(own, wanted, client));
        registrar.made(own, wanted, client);
        return new RegistrationResult.Registered(
                client.getId(),
                ClientIdAndSecretAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
                        ? client.getSecret()
                        : null);
    }

    private static RegistrationResult refused(String detail) {
        RegistrationFlaw flaw = RegistrationFlaw.REFUSED_BY_POLICY;
        return new RegistrationResult.Refused(
                flaw, detail == null || detail.isBlank() ? flaw.message() : flaw.message() + " It says: " + detail);
    }
}
