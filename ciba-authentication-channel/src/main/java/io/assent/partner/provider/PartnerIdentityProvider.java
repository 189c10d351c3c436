package io.assent.partner.provider;

import io.assent.partner.Partners;
import io.assent.partner.revocation.Revocable;
import io.assent.permission.Scopes;
import io.assent.server.Customer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A partner as an OpenID Provider. A login goes there by a {@link LoginWish} alone, and asks for what the customer
 * chose; nothing of what a client asked this server for is told to the partner.
 */
public final class PartnerIdentityProvider extends OIDCIdentityProvider {

    /** Stock forwards these from the client's authorization request. */
    private static final List<String> OF_THE_CLIENT = List.of("login_hint", "max_age", "acr_values", "claims");

    private static final int BAD_REQUEST = 400;

    private final PartnerConfig settings;

    /** Whether the browser came back with another account than the one that is linked. */
    private boolean isOtherAccount;

    /** What the partner gave in this call, if anything. */
    private Optional<GivenToken> given = Optional.empty();

    PartnerIdentityProvider(KeycloakSession session, PartnerConfig config) {
        super(session, config);
        settings = config;
    }

    @Override
    public Response performLogin(AuthenticationRequest request) {
        if (!isWantedBy(request.getAuthenticationSession())) {
            throw new IdentityBrokerException("A partner is called where a customer chose what the bank may see there");
        }
        return super.performLogin(request);
    }

    /** Whether the customer chose this partner, and not one that had its alias before. */
    private boolean isWantedBy(AuthenticationSessionModel login) {
        return LoginWish.of(login)
                .filter(wish -> wish.providerId().equals(getConfig().getInternalId()))
                .isPresent();
    }

    @Override
    protected UriBuilder createAuthorizationUrl(AuthenticationRequest request) {
        Set<String> scopes = new LinkedHashSet<>(Scopes.split(getConfig().getDefaultScope()));
        LoginWish.of(request.getAuthenticationSession()).ifPresent(wish -> scopes.addAll(wish.scopes()));
        UriBuilder url = super.createAuthorizationUrl(request)
                .replaceQueryParam(OAuth2Constants.SCOPE, Scopes.join(scopes).replace(" ", "%20"));
        OF_THE_CLIENT.forEach(name -> url.replaceQueryParam(name));
        String prompt = getConfig().getPrompt();
        return prompt == null || prompt.isEmpty() ? url.replaceQueryParam("prompt") : url;
    }

    /** Stock would try to link the second account as well, and fail over the database's own rule. */
    @Override
    public void preprocessFederatedIdentity(KeycloakSession login, RealmModel realm, BrokeredIdentityContext context) {
        super.preprocessFederatedIdentity(login, realm, context);
        // how the customer is called at the bank is for no partner to say
        context.setFirstName(null);
        context.setLastName(null);
        UserModel user = context.getAuthenticationSession().getAuthenticatedUser();
        String alias = getConfig().getAlias();
        if (user != null) {
            // before the link, as who ends what is connected does
            Partners.of(login).hold(Customer.of(realm, user), alias);
        }
        FederatedIdentityModel link = user == null ? null : login.users().getFederatedIdentity(realm, user, alias);
        isOtherAccount = link != null && !link.getUserId().equals(context.getId());
        if (isOtherAccount) {
            throw new IdentityBrokerException("The customer is linked to another account of the partner");
        }
    }

    /** From here on the partner has given a token, whatever stock finds in it. */
    @Override
    public BrokeredIdentityContext getFederatedIdentity(String response) {
        given = GivenToken.of(session, settings, response);
        BrokeredIdentityContext context = super.getFederatedIdentity(response);
        given.ifPresent(token -> token.isOf(context.getId()));
        return context;
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return new Callback(callback, realm, event, this);
    }

    /** Whether a token is too old to be given to somebody. */
    boolean isOld(PartnerToken token, Instant at) {
        return token.isOld(at.getEpochSecond() + getConfig().getMinValidityToken());
    }

    /** Has the partner give another token in the place of an old one (RFC 6749, section 6). */
    PartnerCall refresh(String refreshToken) {
        return call(form(getConfig().getTokenUrl())
                .param(OAuth2Constants.GRANT_TYPE, OAuth2Constants.REFRESH_TOKEN)
                .param(OAuth2Constants.REFRESH_TOKEN, refreshToken));
    }

    /** Has a token revoked (RFC 7009, section 2.1). */
    public PartnerCall revocation(Revocable token) {
        return call(
                form(settings.revocationUrl()).param("token", token.token()).param("token_type_hint", token.hint()));
    }

    private SimpleHttpRequest form(String url) {
        return SimpleHttp.create(session).doPost(url);
    }

    private PartnerCall call(SimpleHttpRequest request) {
        return PartnerCall.of(session, authenticateTokenRequest(request));
    }

    /** The token is kept with the link, and in no session. */
    @Override
    public void authenticationFinished(AuthenticationSessionModel login, BrokeredIdentityContext context) {}

    /** A customer who logs out of the bank stays at the partner, where the token's session is. */
    @Override
    public Response keycloakInitiatedBrowserLogout(
            KeycloakSession login, UserSessionModel userSession, UriInfo uri, RealmModel realm) {
        return null;
    }

    @Override
    public void backchannelLogout(KeycloakSession login, UserSessionModel userSession, UriInfo uri, RealmModel realm) {}

    /** Only {@link PartnerTokens} gives the token to somebody: it goes by what the customer chose. */
    @Override
    public Response retrieveToken(KeycloakSession caller, FederatedIdentityModel link) {
        return refused();
    }

    @Override
    public Response retrieveToken(
            KeycloakSession caller, FederatedIdentityModel link, UserSessionModel userSession, UserModel user) {
        return refused();
    }

    @Override
    protected Response exchangeStoredToken(
            UriInfo uri, EventBuilder event, ClientModel caller, UserSessionModel userSession, UserModel user) {
        return refused();
    }

    @Override
    protected Response exchangeSessionToken(
            UriInfo uri, EventBuilder event, ClientModel caller, UserSessionModel userSession, UserModel user) {
        return refused();
    }

    private static Response refused() {
        return Response.status(Response.Status.FORBIDDEN)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of(
                        "error", "access_denied", "error_description", "A partner's token is not given this way"))
                .build();
    }

    /**
     * Where the browser comes back from the partner. Where the partner fails, the stock page leads nowhere: here the
     * login goes on, and says what stands.
     */
    public static final class Callback extends OIDCEndpoint {

        private final AuthenticationCallback logins;
        private final PartnerIdentityProvider partner;

        Callback(AuthenticationCallback logins, RealmModel realm, EventBuilder event, PartnerIdentityProvider partner) {
            super(logins, realm, event, partner);
            this.logins = logins;
            this.partner = partner;
        }

        @Override
        @GET
        public Response authResponse(
                @QueryParam("state") String state,
                @QueryParam("code") String code,
                @QueryParam("error") String error,
                @QueryParam("error_description") String description) {
            Response response = super.authResponse(state, code, error, description);
            partner.given.ifPresent(GivenToken::revokeUnlessKept);
            AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
            return response.getStatus() >= BAD_REQUEST && login != null && isUnderway(login)
                    ? logins.error(
                            partner.getConfig(),
                            partner.isOtherAccount
                                    ? Messages.IDENTITY_PROVIDER_ALREADY_LINKED_TO_CURRENT_USER
                                    : Messages.IDENTITY_PROVIDER_UNEXPECTED_ERROR)
                    : response;
        }

        /** A code is for the partner that gave it, and for nobody who has its alias by now. */
        @Override
        public SimpleHttpRequest generateTokenRequest(String code) {
            if (!partner.isWantedBy(session.getContext().getAuthenticationSession())) {
                throw new IdentityBrokerException("The customer comes from another partner");
            }
            return super.generateTokenRequest(code);
        }

        /** Whether the link was not made, nor refused with a page of its own. */
        private static boolean isUnderway(AuthenticationSessionModel login) {
            return LoginWish.of(login).isPresent()
                    && login.getAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER) != null;
        }
    }
}
