package io.assent.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.consent.GrantWish;
import io.assent.consent.GrantWish.Refused;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.server.Parties;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * What a backchannel request makes of the client's grants (Grant Management for OAuth 2.0, draft 03, section 5.2). It
 * goes along in the {@code auth_req_id}, which is encrypted for the server, and is looked at again when the request is
 * redeemed.
 */
final class WantedGrant {

    private final KeycloakSession session;
    private final Consents consents;
    private final PermissionCatalogue permissions;

    WantedGrant(KeycloakSession session, Consents consents, PermissionCatalogue permissions) {
        this.session = session;
        this.consents = consents;
        this.permissions = permissions;
    }

    /**
     * Keeps what is wanted.
     *
     * @param details what is asked for beside the scope
     * @return why it can't be had
     */
    Optional<Refused> keepIn(CIBAAuthenticationRequest request, Details details) {
        // the stock code keeps what it does not know, but no more than five of it
        request.getOtherClaims().keySet().removeAll(Set.of(GrantParameters.ACTION, GrantParameters.GRANT_ID));
        RealmModel realm = session.getContext().getRealm();
        GrantWish wish = consents.wish(Parties.of(realm, request.getClient(), request.getUser()), sent());
        if (wish instanceof GrantWish.Change change) {
            request.setOtherClaims(GrantParameters.ACTION, change.action().value());
            request.setOtherClaims(GrantParameters.GRANT_ID, change.consent().id());
            return flaw(realm, request, details, change);
        }
        return wish instanceof Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /** In one text, by which two questions are told apart. */
    static Optional<String> keptIn(CIBAAuthenticationRequest request) {
        return claim(request, GrantParameters.ACTION)
                .map(action ->
                        action + ' ' + claim(request, GrantParameters.GRANT_ID).orElseThrow());
    }

    private GrantParameters sent() {
        return GrantParameters.of(
                session.getContext().getHttpRequest().getDecodedFormParameters(),
                session.getAttribute(
                        BackchannelAuthenticationEndpointRequestParser.CIBA_SIGNED_AUTHENTICATION_REQUEST,
                        JsonNode.class));
    }

    private Optional<Refused> flaw(
            RealmModel realm, CIBAAuthenticationRequest request, Details details, GrantWish.Change change) {
        ClientModel client = request.getClient();
        UserModel user = request.getUser();
        if (details.isEmpty()
                && permissions
                        .requested(realm, client, user, request.getScope())
                        .asked()
                        .isEmpty()) {
            return Optional.of(Refused.nothingAsked());
        }
        DetailTypes types = DetailTypes.of(session);
        if (!permissions.oneTime(client, user, request.getScope()).isEmpty() || types.isOneTime(details)) {
            return Optional.of(Refused.oneTime());
        }
        return change.refusal(details, types);
    }

    /** What is wanted, as things stand now. */
    GrantWish of(CIBAAuthenticationRequest request, Parties parties) {
        return consents.wish(
                parties,
                new GrantParameters(
                        claim(request, GrantParameters.ACTION), claim(request, GrantParameters.GRANT_ID), true));
    }

    private static Optional<String> claim(CIBAAuthenticationRequest request, String name) {
        return Optional.ofNullable(request.getOtherClaims().get(name)).map(Object::toString);
    }

    /** The permissions that the tokens get beside those that were asked for now. */
    Set<String> carried(GrantWish.Change change, ClientModel client, UserModel user) {
        if (change.action() != GrantWish.Action.MERGE) {
            return Set.of();
        }
        Set<String> names = change.consent().names();
        Set<String> carried =
                permissions.current(client, user, names, change.consent().scopeIds());
        carried.removeAll(permissions.oneTime(client, user, Scopes.join(names)));
        return carried;
    }
}
