package io.assent.partner.end;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerSettings;
import io.assent.partner.Partners;
import io.assent.partner.provider.PartnerTokens;
import io.assent.partner.revocation.Revocations;
import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.Customer;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link RevokeOnEnd}, and has what the bank sees end where Keycloak takes away what it stands on. */
public final class RevokeOnEndFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new RevokeOnEnd(session);
    }

    @Override
    public String getId() {
        return "partner-revocation";
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(RevokeOnEndFactory::end);
    }

    private static void end(ProviderEvent event) {
        if (event instanceof UserPreRemovedEvent removed) {
            Partners partners = Partners.of(removed.getKeycloakSession());
            Customer customer = Customer.of(removed.getRealm(), removed.getUser());
            partners.endAll(customer, Ender.SYSTEM);
            partners.tellAll(customer);
        } else if (event instanceof ClientRemovedEvent removed) {
            Partners.of(removed.getKeycloakSession())
                    .endAllOf(
                            removed.getClient().getRealm().getId(),
                            removed.getClient().getId());
        } else if (event instanceof IdentityProviderRemovedEvent removed) {
            end(removed);
        } else if (event instanceof FederatedIdentityRemovedEvent unlinked) {
            end(unlinked);
        }
    }

    /** A partial import that overwrites an identity provider leaves the links, with tokens of who it was. */
    private static void end(IdentityProviderRemovedEvent removed) {
        KeycloakSession session = removed.getKeycloakSession();
        RealmModel realm = removed.getRealm();
        IdentityProviderModel provider = removed.getRemovedIdentityProvider();
        if (PartnerSettings.PROVIDER_ID.equals(provider.getProviderId())) {
            session.users().preRemove(realm, provider);
            Partners.of(session).endAllByGone(realm.getId(), provider.getInternalId(), provider.getAlias());
        }
    }

    /** By the customer in the account console, by an admin, or by this pack, where there is nothing left to end. */
    private static void end(FederatedIdentityRemovedEvent unlinked) {
        KeycloakSession session = unlinked.getKeycloakSession();
        Customer customer = Customer.of(unlinked.getRealm(), unlinked.getUser());
        String alias = unlinked.getFederatedIdentity().getIdentityProvider();
        Partners partners = Partners.of(session);
        for (PartnerAccess access : partners.connected(customer, alias)) {
            revoke(unlinked, access);
            partners.end(access, Ender.SYSTEM);
        }
        for (PartnerAccess access : partners.untold(customer, alias)) {
            revoke(unlinked, access);
            partners.tell(access);
        }
    }

    private static void revoke(FederatedIdentityRemovedEvent unlinked, PartnerAccess access) {
        KeycloakSession session = unlinked.getKeycloakSession();
        PartnerTokens.revocable(unlinked.getFederatedIdentity())
                .filter(token -> !Revocations.isAdded(session, token))
                .ifPresent(token -> Revocations.add(session, PartnerTokens.origin(access), token));
    }
}
