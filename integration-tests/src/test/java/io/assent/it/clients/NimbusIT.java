package io.assent.it.clients;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.GLOBE;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.ciba.CIBAPingCallback;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBASignedRequestClaimsSet;
import com.nimbusds.oauth2.sdk.ciba.LoginHintToken;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCClaimsRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.assurance.IdentityTrustFramework;
import com.nimbusds.openid.connect.sdk.assurance.claims.VerifiedClaimsSet;
import com.nimbusds.openid.connect.sdk.assurance.request.MinimalVerificationSpec;
import com.nimbusds.openid.connect.sdk.assurance.request.VerifiedClaimsSetRequest;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSetRequest;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PingReceiver.Ping;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a TPP does with Nimbus' OAuth 2.0 SDK, which knows the standards and nothing of this server. */
@Tag("long")
class NimbusIT {

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = bank.tpp(ACME);
    private final NimbusTpp tpp = new NimbusTpp(acme);

    @Test
    void pollsUntilTheCustomerGrantedAPart() throws Exception {
        CIBARequestAcknowledgement asked = tpp.ask(toAcmesCustomer().bindingMessage("W4SCT"));
        assertThat(asked.getMinWaitInterval()).isPositive();
        assertThat(asked.getExpiresIn()).isPositive();
        assertThat(NimbusTpp.error(tpp.poll(asked))).isEqualTo("authorization_pending");
        assertThat(app.onlyPending().get("bindingMessage").asText()).isEqualTo("W4SCT");

        app.approve(app.onlyPendingId(), BALANCES).ok();

        OIDCTokenResponse tokens = NimbusTpp.tokens(tpp.poll(asked));
        assertThat(tokens.getOIDCTokens().getAccessToken().getScope().toStringList())
                .containsExactlyInAnyOrder("openid", BALANCES);
        validate(tpp, tokens);
    }

    @Test
    void namesTheCustomerByAnIdToken() throws Exception {
        CIBARequestAcknowledgement first = tpp.ask(toAcmesCustomer());
        app.approve(app.onlyPendingId()).ok();
        JWT idToken = NimbusTpp.tokens(tpp.poll(first)).getOIDCTokens().getIDToken();

        CIBARequestAcknowledgement asked =
                tpp.ask(tpp.request(BALANCES).idTokenHint(idToken).bindingMessage("once more"));

        app.approve(app.onlyPendingId(), BALANCES).ok();
        validate(tpp, NimbusTpp.tokens(tpp.poll(asked)));
    }

    @Test
    void namesTheCustomerByWhatTheAppShows() throws Exception {
        String shown = app.loginHintToken().ok().get("loginHintToken").asText();

        CIBARequestAcknowledgement asked = tpp.ask(tpp.request(BALANCES).loginHintToken(new LoginHintToken(shown)));

        app.approve(app.onlyPendingId(), BALANCES).ok();
        validate(tpp, NimbusTpp.tokens(tpp.poll(asked)));
    }

    @Test
    void sendsTheUserCode() {
        app.setUserCode("s3cret").ok();

        assertThat(tpp.send(toAcmesCustomer())
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("missing_user_code");
        tpp.ask(toAcmesCustomer().userCode(new Secret("s3cret")));

        app.deny(app.onlyPendingId()).ok();
    }

    @Test
    void hearsADenial() {
        CIBARequestAcknowledgement asked = tpp.ask(toAcmesCustomer());

        app.deny(app.onlyPendingId()).ok();

        assertThat(NimbusTpp.error(tpp.poll(asked))).isEqualTo("access_denied");
    }

    @Test
    void hearsThatNobodyAnswered() {
        Realm brief = Servers.brief(Database.H2);
        NimbusTpp briefly = new NimbusTpp(brief.tpp(ACME));
        CIBARequestAcknowledgement asked = briefly.ask(
                briefly.request(BALANCES).loginHint(brief.newCustomer().username()));

        Eventually.within(
                Duration.ofSeconds(30), "the client hears of the expiry", () -> NimbusTpp.error(briefly.poll(asked))
                        .equals("expired_token"));
    }

    @Test
    void isToldByAPing() throws Exception {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            NimbusTpp pinged = new NimbusTpp(bank.newPingTpp(receiver.endpoint()));
            BearerAccessToken notificationToken = new BearerAccessToken();
            CIBARequestAcknowledgement asked = pinged.ask(pinged.request(BALANCES)
                    .loginHint(customer.username())
                    .bindingMessage("W4SCT")
                    .clientNotificationToken(notificationToken));

            app.approve(app.onlyPendingId()).ok();

            CIBAPingCallback callback = CIBAPingCallback.parse(asTheSdkReadsIt(receiver));
            assertThat(callback.getAuthRequestID()).isEqualTo(asked.getAuthRequestID());
            assertThat(callback.getAccessToken().getValue()).isEqualTo(notificationToken.getValue());
            assertThat(NimbusTpp.tokens(pinged.poll(asked))
                            .getOIDCTokens()
                            .getAccessToken()
                            .getScope()
                            .toStringList())
                    .contains(PAYMENTS);
        }
    }

    @Test
    void asksForVerifiedClaimsAndReadsThem() throws Exception {
        VerifiedCustomer.verify(customer);
        NimbusTpp lender = new NimbusTpp(bank.tpp(GLOBE));
        VerifiedClaimsSetRequest adult = new VerifiedClaimsSetRequest()
                .withVerification(new MinimalVerificationSpec(IdentityTrustFramework.DE_AML))
                .add(new ClaimsSetRequest.Entry("age_over_18").withPurpose("To lend to grown-ups alone"));
        CIBARequestAcknowledgement asked = lender.ask(lender.request()
                .loginHint(customer.username())
                .claims(new OIDCClaimsRequest()
                        .withIDTokenVerifiedClaimsRequest(adult)
                        .withUserInfoVerifiedClaimsRequest(adult.add("nationality"))));

        app.approve(app.onlyPendingId()).ok();

        OIDCTokenResponse tokens = NimbusTpp.tokens(lender.poll(asked));
        VerifiedClaimsSet inIdToken =
                onlyVerified(UserInfo.parse(validate(lender, tokens).toJSONString()));
        assertThat(inIdToken.getVerification().getTrustFramework()).isEqualTo(IdentityTrustFramework.DE_AML);
        assertThat(inIdToken.getClaimsSet().toJSONObject()).isEqualTo(Map.of("age_over_18", true));
        VerifiedClaimsSet atUserinfo = onlyVerified(UserInfoResponse.parse(new UserInfoRequest(
                                lender.metadata().getUserInfoEndpointURI(),
                                tokens.getOIDCTokens().getAccessToken())
                        .toHTTPRequest()
                        .send())
                .toSuccessResponse()
                .getUserInfo());
        assertThat(atUserinfo.getClaimsSet().toJSONObject())
                .isEqualTo(Map.of("age_over_18", true, "nationality", "DE"));
    }

    private static VerifiedClaimsSet onlyVerified(UserInfo claims) {
        assertThat(claims.getVerifiedClaims()).hasSize(1);
        return claims.getVerifiedClaims().get(0);
    }

    @Test
    void signsItsRequest() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("nimbus")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.PS256)
                .generate();
        NimbusTpp signing = new NimbusTpp(bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.auth.request.signing.alg", "PS256")
                .put("use.jwks.string", "true")
                .put("jwks.string", new JWKSet(key.toPublicJWK()).toString())));
        CIBARequestAcknowledgement asked = signing.ask(signed(signing, key));

        app.deny(app.onlyPendingId()).ok();

        assertThat(NimbusTpp.error(signing.poll(asked))).isEqualTo("access_denied");
        RSAKey another = new RSAKeyGenerator(2048)
                .keyID("nimbus")
                .keyUse(KeyUse.SIGNATURE)
                .generate();
        assertThat(signing.send(signed(signing, another)).indicatesSuccess()).isFalse();
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void getsTokensThatAreBoundToItsKey() throws Exception {
        DefaultDPoPProofFactory proofs =
                new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
        CIBARequestAcknowledgement asked = tpp.ask(toAcmesCustomer());
        app.approve(app.onlyPendingId(), BALANCES).ok();

        SignedJWT proof = proofs.createDPoPJWT("POST", tpp.metadata().getTokenEndpointURI());
        AccessToken token = NimbusTpp.tokens(tpp.poll(asked, request -> request.setDPoP(proof)))
                .getOIDCTokens()
                .getAccessToken();

        assertThat(token.getType()).isEqualTo(AccessTokenType.DPOP);
        assertThat(SignedJWT.parse(token.getValue()).getJWTClaimsSet().getJSONObjectClaim("cnf"))
                .containsEntry("jkt", proofs.getPublicJWK().computeThumbprint().toString());
        URI userinfo = tpp.metadata().getUserInfoEndpointURI();
        HTTPRequest withProof = new UserInfoRequest(userinfo, token).toHTTPRequest();
        withProof.setDPoP(proofs.createDPoPJWT("GET", userinfo, token));
        assertThat(UserInfoResponse.parse(withProof.send()).indicatesSuccess()).isTrue();
        assertThat(new UserInfoRequest(userinfo, new BearerAccessToken(token.getValue()))
                        .toHTTPRequest()
                        .send()
                        .getStatusCode())
                .isEqualTo(401);
    }

    @Test
    void pushesItsRequestAndSendsABrowserToTheConsentScreen() throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", BALANCES, TRANSACTIONS),
                        tpp.authentication().getClientID(),
                        CodeFlow.BACK)
                .state(state)
                .nonce(new Nonce())
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        PushedAuthorizationResponse pushed = PushedAuthorizationResponse.parse(new PushedAuthorizationRequest(
                        tpp.metadata().getPushedAuthorizationRequestEndpointURI(), tpp.authentication(), request)
                .toHTTPRequest()
                .send());
        URI authorization = new AuthenticationRequest.Builder(
                        pushed.toSuccessResponse().getRequestURI(),
                        tpp.authentication().getClientID())
                .endpointURI(tpp.metadata().getAuthorizationEndpointURI())
                .build()
                .toURI();

        WebClient browser = new WebClient(bank);
        URI back = browser.approve(browser.logIn(browser.open(authorization), customer), BALANCES)
                .uri();

        var answer = AuthenticationResponseParser.parse(back).toSuccessResponse();
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(tpp.metadata().getIssuer());
        OIDCTokenResponse tokens = NimbusTpp.tokens(tpp.fetch(
                new AuthorizationCodeGrant(answer.getAuthorizationCode(), CodeFlow.BACK, verifier), more -> {}));
        assertThat(tokens.getOIDCTokens().getAccessToken().getScope().toStringList())
                .containsExactlyInAnyOrder("openid", BALANCES);
    }

    private CIBARequest.Builder toAcmesCustomer() {
        return tpp.request(BALANCES, TRANSACTIONS).loginHint(customer.username());
    }

    private CIBARequest.Builder signed(NimbusTpp signing, RSAKey key) throws JOSEException, ParseException {
        Instant now = Instant.now();
        CIBASignedRequestClaimsSet claims = new CIBASignedRequestClaimsSet(
                signing.request(BALANCES).loginHint(customer.username()).build(),
                new Issuer(signing.authentication().getClientID().getValue()),
                new Audience(signing.metadata().getIssuer()),
                Date.from(now),
                Date.from(now.minusSeconds(5)),
                Date.from(now.plusSeconds(60)),
                new JWTID());
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(key.getKeyID()).build(), claims.toJWTClaimsSet());
        jwt.sign(new RSASSASigner(key));
        return new CIBARequest.Builder(signing.authentication(), jwt);
    }

    /** Whether the ID token is one by the SDK's own checks, with the realm's published keys. */
    private static IDTokenClaimsSet validate(NimbusTpp tpp, OIDCTokenResponse tokens) throws Exception {
        return new IDTokenValidator(
                        tpp.metadata().getIssuer(),
                        tpp.authentication().getClientID(),
                        JWSAlgorithm.RS256,
                        tpp.metadata().getJWKSetURI().toURL())
                .validate(tokens.getOIDCTokens().getIDToken(), null);
    }

    private static HTTPRequest asTheSdkReadsIt(PingReceiver receiver) throws Exception {
        Ping ping = receiver.next(Duration.ofSeconds(30));
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, receiver.endpoint());
        request.setAuthorization(ping.authorization());
        request.setContentType(ping.contentType());
        request.setBody(ping.body());
        return request;
    }
}
