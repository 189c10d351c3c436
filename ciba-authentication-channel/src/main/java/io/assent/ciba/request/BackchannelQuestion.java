package io.assent.ciba.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.claim.ClaimLimits;
import io.assent.detail.DetailTypes;
import io.assent.hint.OneTimeHints;
import io.assent.permission.ClaimedPermissions;
import io.assent.permission.ConsentSettings;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.UserCode;
import io.assent.server.ServerTime;
import io.assent.usercode.UserCodes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * The backchannel request of this server call. The stock code authenticates the client and verifies a signed request;
 * what is then believed of it, and whom it means, is decided here, when the stock code asks for the customer.
 */
public final class BackchannelQuestion {

    private static final String ATTRIBUTE = BackchannelQuestion.class.getName();

    private final KeycloakSession session;
    private final EventBuilder event;
    private final MultivaluedMap<String, String> form;
    private BackchannelRequest request;
    private ClaimLimits claims = ClaimLimits.NONE;

    private BackchannelQuestion(KeycloakSession session, EventBuilder event, MultivaluedMap<String, String> form) {
        this.session = session;
        this.event = event;
        this.form = form;
    }

    /**
     * Lays the request that the session has out for the stock code.
     *
     * @throws ErrorResponseException where it is none that anybody could read
     */
    public static BackchannelQuestion layOut(KeycloakSession session, EventBuilder event) {
        HttpRequest sent = session.getContext().getHttpRequest();
        if (BackchannelParameters.comeInParts(sent.getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw refused(Refusal.invalidRequest("Send " + MediaType.APPLICATION_FORM_URLENCODED));
        }
        MultivaluedMap<String, String> form = sent.getDecodedFormParameters();
        BackchannelParameters.flaw(form).map(Refusal::invalidRequest).ifPresent(refusal -> {
            throw refused(refusal);
        });
        BackchannelQuestion question = new BackchannelQuestion(session, event, form);
        session.setAttribute(ATTRIBUTE, question);
        session.getContext().setHttpRequest(LaidOutRequest.of(sent));
        return question;
    }

    /** The one that was laid out in this session, which no caller of the server can do. */
    public static Optional<BackchannelQuestion> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, BackchannelQuestion.class));
    }

    /** What is asked; there once the customer was. */
    public BackchannelRequest request() {
        return Objects.requireNonNull(request, "nobody asked for the customer yet");
    }

    /**
     * Has it ask for the permissions that carry the claims that the client asks for, as if they were in its scope.
     *
     * @param read the same request, as the stock code read it
     * @param permissions those that its client can ask for so
     */
    public void askForClaims(CIBAAuthenticationRequest read, Supplier<ClaimedPermissions> permissions) {
        if (request().claims().isEmpty()) {
            return;
        }
        claims = permissions.get().askedFor(request().claims(), read.getScope());
        read.setScope(ClaimedPermissions.withPermissions(read.getScope(), claims));
    }

    /** Which permissions are asked for some of their claims alone. */
    public ClaimLimits claims() {
        return claims;
    }

    /**
     * Whom it means.
     *
     * @return a customer who can be asked; or, where the bank does not tell clients who its customers are, one who is
     *     nobody
     */
    UserModel customer() {
        request = read();
        HintedCustomer hinted = hinted(request.hint());
        if (hinted instanceof Refusal refusal) {
            throw refuse(refusal);
        }
        Optional<UserModel> customer = Optional.of(hinted)
                .filter(HintedCustomer.Known.class::isInstance)
                .map(known -> ((HintedCustomer.Known) known).user())
                .filter(this::canBeAsked);
        Optional<Refusal> refusal = customer.map(this::codeFlaw).orElseGet(this::unknown);
        if (refusal.isEmpty()) {
            return customer.orElseThrow();
        }
        if (settings().concealsCustomers()) {
            return new UnknownCustomer(session, realm(), request.hint());
        }
        throw refuse(refusal.get());
    }

    private Optional<Refusal> unknown() {
        UserCodes.of(session).pretendToCheck(request.userCode());
        return Optional.of(new Refusal(Refusal.UNKNOWN_USER_ID, "The hint names nobody who can be asked"));
    }

    /** Whoever shows the client a hint of this realm needs to tell it no code. */
    private Optional<Refusal> codeFlaw(UserModel customer) {
        if (isShownByTheCustomer(request.hint())) {
            return Optional.empty();
        }
        UserCode rule = ConsentRules.of(session, client()).asking().userCode();
        return switch (UserCodes.of(session).check(customer, rule, request.userCode())) {
            case FINE -> Optional.empty();
            case MISSING ->
                Optional.of(new Refusal(
                        Refusal.MISSING_USER_CODE, "Ask the customer for the user code, and send it as user_code"));
            case WRONG -> Optional.of(new Refusal(Refusal.INVALID_USER_CODE, "The user_code is not the customer's"));
        };
    }

    private static boolean isShownByTheCustomer(Hint hint) {
        return hint instanceof Hint.LoginToken token && OneTimeHints.isOne(token.value());
    }

    private BackchannelRequest read() {
        Optional<JsonNode> signed = Optional.ofNullable(session.getAttribute(
                BackchannelAuthenticationEndpointRequestParser.CIBA_SIGNED_AUTHENTICATION_REQUEST, JsonNode.class));
        signed.flatMap(claims -> new SignedClaims(claims, client().getClientId(), issuer()).flaw(ServerTime.now()))
                .ifPresent(refusal -> {
                    throw refuse(refusal);
                });
        Reading reading = BackchannelRequest.read(new SentParameters(form, signed), sent -> DetailTypes.of(session)
                .read(client(), sent));
        if (reading instanceof Refusal refusal) {
            throw refuse(refusal);
        }
        return (BackchannelRequest) reading;
    }

    private HintedCustomer hinted(Hint hint) {
        LoginHints customers = new LoginHints(session, realm());
        if (hint instanceof Hint.IdToken token) {
            return new IdTokenHints(session, client(), issuer(), customers).find(token.value());
        }
        if (isShownByTheCustomer(hint)) {
            return OneTimeHints.of(session)
                    .redeem(realm().getId(), hint.value())
                    .map(customers::byId)
                    .orElseGet(() -> new Refusal(
                            Refusal.EXPIRED_LOGIN_HINT_TOKEN, "The login_hint_token was used before, or has expired"));
        }
        List<String> attributes = settings().loginHints();
        if (hint instanceof Hint.LoginToken token) {
            return new LoginHintTokens(session, client(), issuer(), customers, attributes)
                    .find(token.value(), ServerTime.now());
        }
        return customers.find(hint.value(), attributes);
    }

    /** A client's own account is nobody's, and who is locked out can't answer. */
    private boolean canBeAsked(UserModel user) {
        return user.isEnabled()
                && user.getServiceAccountClientLink() == null
                && AuthenticatorUtils.getDisabledByBruteForceEventError(
                                session.getProvider(BruteForceProtector.class), session, realm(), user)
                        == null;
    }

    /** Tells who watches, and makes what the client is answered. */
    public ErrorResponseException refuse(Refusal refusal) {
        event.detail(Details.REASON, refusal.description());
        event.error(refusal.error());
        return refused(refusal);
    }

    private static ErrorResponseException refused(Refusal refusal) {
        return new ErrorResponseException(refusal.error(), refusal.description(), Response.Status.BAD_REQUEST);
    }

    private ConsentSettings settings() {
        return ConsentSettings.of(realm());
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    /** Authenticated. */
    private ClientModel client() {
        return session.getContext().getClient();
    }

    private String issuer() {
        return Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm().getName());
    }
}
