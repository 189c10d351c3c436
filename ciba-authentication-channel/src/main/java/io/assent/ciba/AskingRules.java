package io.assent.ciba;

import io.assent.ciba.request.BackchannelRequest;
import io.assent.ciba.request.Refusal;
import io.assent.detail.DetailTypes;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Asking;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** What a bank's rules for a client make of its backchannel request, before anybody is asked. */
final class AskingRules {

    private final KeycloakSession session;
    private final PermissionCatalogue permissions;

    private final DetailTypes details;

    AskingRules(KeycloakSession session, PermissionCatalogue permissions, DetailTypes details) {
        this.session = session;
        this.permissions = permissions;
        this.details = details;
    }

    /** @param request the same, as the stock code read it: with its client, customer and scope */
    Optional<Refusal> flaw(BackchannelRequest asked, CIBAAuthenticationRequest request) {
        ClientModel client = request.getClient();
        if (asked.bindingMessage().isEmpty() && needsMessage(asked, request)) {
            return Optional.of(Refusal.invalidBindingMessage("This request needs a binding_message"));
        }
        if (details.describeRequest(asked.details()) && asksForOneTime(request)) {
            return Optional.of(Refusal.invalidRequest(
                    "authorization_details are of a type that no one-time permission can be asked for with"));
        }
        return asked.acrValues().isEmpty()
                        || asked.acrValues().stream().anyMatch(acr -> LevelOfLogin.isKnown(client, acr))
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest("acr_values names no level that this realm knows"));
    }

    private boolean needsMessage(BackchannelRequest asked, CIBAAuthenticationRequest request) {
        return switch (asking(request.getClient()).bindingMessage()) {
            case NEVER -> false;
            case ONE_TIME -> details.isOneTime(asked.details()) || asksForOneTime(request);
            case ALWAYS -> true;
        };
    }

    private boolean asksForOneTime(CIBAAuthenticationRequest request) {
        return !permissions
                .oneTime(request.getClient(), request.getUser(), request.getScope())
                .isEmpty();
    }

    /** Has the {@code auth_req_id} say when it ends, and nothing that the database says. */
    void apply(BackchannelRequest asked, CIBAAuthenticationRequest request) {
        Duration usual = Duration.ofSeconds(
                request.getClient().getRealm().getCibaPolicy().getExpiresIn());
        Duration expiry = asked.expiry(usual, asking(request.getClient()).longestExpiry());
        request.exp(request.getIat() + expiry.toSeconds());
        request.setBindingMessage(null);
        request.setAcrValues(null);
        if (ConsentSettings.of(request.getClient().getRealm()).concealsCustomers()) {
            // as long for one customer as for any other; else a node of the version before has to find the customer
            request.subject(request.getId());
        }
    }

    private Asking asking(ClientModel client) {
        return ConsentRules.of(session, client).asking();
    }
}
