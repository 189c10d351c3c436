package io.assent.it.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.assent.it.clients.NimbusTpp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A client that logs customers in by a browser, with Nimbus' SDK, and asks for nothing but {@code claims}. */
final class EkycClient {

    private final Tpp tpp;
    private final OIDCProviderMetadata metadata;
    private final ClientAuthentication authentication;

    EkycClient(Tpp tpp) {
        this.tpp = tpp;
        NimbusTpp sdk = new NimbusTpp(tpp);
        metadata = sdk.metadata();
        authentication = sdk.authentication();
    }

    JsonNode discovery() {
        return Http.parse(metadata.toJSONObject().toJSONString());
    }

    /**
     * One login in a new browser.
     *
     * @param claims as they go over the wire: the SDK would write an empty object as {@code null}
     * @param permissions what the customer grants
     */
    EkycPlanIT.Told login(Customer customer, String claims, String... permissions) {
        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        Nonce nonce = new Nonce();
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid"), authentication.getClientID(), CodeFlow.BACK)
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .customParameter("claims", claims)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .build();
        WebClient browser = new WebClient(tpp.realm());
        try {
            AuthenticationSuccessResponse answer = AuthenticationResponseParser.parse(
                            browser.approve(browser.logIn(browser.open(request.toURI()), customer), permissions)
                                    .uri())
                    .toSuccessResponse();
            assertThat(answer.getState()).isEqualTo(state);
            assertThat(answer.getIssuer()).isEqualTo(metadata.getIssuer());
            return told(answer, verifier, nonce);
        } catch (GeneralException | BadJOSEException | JOSEException e) {
            throw new AssertionError("the SDK does not take an answer", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EkycPlanIT.Told told(AuthenticationSuccessResponse answer, CodeVerifier verifier, Nonce nonce)
            throws GeneralException, BadJOSEException, JOSEException, IOException {
        OIDCTokenResponse tokens = (OIDCTokenResponse) OIDCTokenResponseParser.parse(new TokenRequest(
                                metadata.getTokenEndpointURI(),
                                authentication,
                                new AuthorizationCodeGrant(answer.getAuthorizationCode(), CodeFlow.BACK, verifier),
                                null)
                        .toHTTPRequest()
                        .send())
                .toSuccessResponse();
        String idToken = new IDTokenValidator(
                        metadata.getIssuer(),
                        authentication.getClientID(),
                        JWSAlgorithm.RS256,
                        metadata.getJWKSetURI().toURL())
                .validate(tokens.getOIDCTokens().getIDToken(), nonce)
                .toJSONString();
        UserInfo userinfo = UserInfoResponse.parse(new UserInfoRequest(
                                metadata.getUserInfoEndpointURI(),
                                tokens.getOIDCTokens().getAccessToken())
                        .toHTTPRequest()
                        .send())
                .toSuccessResponse()
                .getUserInfo();
        EkycPlanIT.Told told = new EkycPlanIT.Told(Http.parse(idToken), Http.parse(userinfo.toJSONString()));
        assertThat(told.userinfo().get("sub")).isEqualTo(told.idToken().get("sub"));
        return told;
    }
}
