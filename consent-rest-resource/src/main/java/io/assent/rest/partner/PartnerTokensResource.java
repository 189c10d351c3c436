package io.assent.rest.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.assent.partner.PartnerAccess;
import io.assent.partner.Partners;
import io.assent.partner.provider.TokenResult;
import io.assent.partner.provider.TokenUse;
import io.assent.request.ConsentApp;
import io.assent.rest.Bearer;
import io.assent.rest.CallLimit;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.server.Customer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The tokens by which services of the bank call partners for customers. Who may have them has Keycloak's own role
 * {@value Constants#READ_TOKEN_ROLE} of the client {@value Constants#BROKER_SERVICE_CLIENT_ID}, which admins alone
 * assign, as a service account.
 */
@Produces(MediaType.APPLICATION_JSON)
public class PartnerTokensResource {

    /** Most partners answer within it. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Partners partners;
    private final Refreshes refreshes;
    private final CallLimit calls;

    public PartnerTokensResource(KeycloakSession session, Partners partners, Refreshes refreshes, CallLimit calls) {
        this.session = session;
        this.refreshes = refreshes;
        this.realm = session.getContext().getRealm();
        this.partners = partners;
        this.calls = calls;
    }

    @GET
    public Response list(@QueryParam("sub") String sub) {
        requireService();
        ListQuery.requireSound(session, "sub");
        if (sub == null || !TextRule.USER_ID.allows(sub)) {
            throw Problem.malformedRequest("'sub' is missing, or no customer's.")
                    .toException();
        }
        return Responses.ok(new Connected(partners.connected(new Customer(realm.getId(), sub)).stream()
                .map(access -> new Connection(
                        access.id(),
                        access.alias(),
                        access.granted().stream().sorted().toList(),
                        access.connectedAt().toString()))
                .toList()));
    }

    /** The server commits and closes the session when this returns: while the partner is called none is held. */
    @POST
    @Path("{id}")
    public CompletionStage<Response> token(@PathParam("id") String id) {
        requireService();
        PartnerAccess access = Uuids.normalized(id)
                .flatMap(known -> partners.use(realm.getId(), known))
                .orElseThrow(() -> unknown().toException());
        TokenResult result = new TokenUse(session, realm, partners).of(access);
        return result instanceof TokenResult.Old old
                ? refreshes
                        .afterCommit(session, old.refresh())
                        .orElseThrow(() -> unavailable().toException(RETRY))
                        .thenApply(PartnerTokensResource::response)
                // not thrown: what ended has ended
                : CompletableFuture.completedFuture(response(result));
    }

    private static Response response(TokenResult result) {
        if (result instanceof TokenResult.Token token) {
            return Responses.ok(
                    new Token(token.accessToken(), "Bearer", token.expiresIn().orElse(null), token.scope()));
        }
        return result instanceof TokenResult.Ended
                ? unknown().toResponse()
                : unavailable().toResponse(RETRY);
    }

    private void requireService() {
        AuthResult caller = Bearer.any(session);
        if (!mayRead(caller.token()) || !isServiceAccount(caller) || ConsentApp.isAsker(realm, caller.client())) {
            throw Problem.missingRights(
                            "A service of the bank calls this, by client credentials, with the role 'read-token' of the client 'broker'.")
                    .toException();
        }
        calls.refuseExcess(realm.getId() + " " + caller.client().getId(), () -> {});
    }

    private static boolean mayRead(AccessToken token) {
        AccessToken.Access roles = token.getResourceAccess(Constants.BROKER_SERVICE_CLIENT_ID);
        return roles != null && roles.isUserInRole(Constants.READ_TOKEN_ROLE);
    }

    /** The role is asked of Keycloak as well: a token may be older than its loss. */
    private boolean isServiceAccount(AuthResult caller) {
        UserModel user = caller.user();
        ClientModel broker = realm.getClientByClientId(Constants.BROKER_SERVICE_CLIENT_ID);
        RoleModel role = broker == null ? null : broker.getRole(Constants.READ_TOKEN_ROLE);
        return caller.client().getId().equals(user.getServiceAccountClientLink()) && role != null && user.hasRole(role);
    }

    private static Problem unavailable() {
        return Problem.partnerUnavailable("The partner gives no token now. Try again in a moment.");
    }

    /** One that is only wanted, one that ended, and one that never was are not told apart. */
    private static Problem unknown() {
        return Problem.notFound("No customer lets the bank see that.");
    }

    /** What a customer lets the bank see. */
    record Connected(List<Connection> partners) {}

    /** At one partner. */
    record Connection(String id, String alias, List<String> scopes, String connectedAt) {}

    /** A token response (RFC 6749, section 5.1) without a refresh token. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Token(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") Long expiresIn,
            String scope) {}
}
