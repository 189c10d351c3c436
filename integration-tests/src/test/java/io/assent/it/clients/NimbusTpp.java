package io.assent.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.assent.testing.actor.Tpp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** A TPP that knows nothing but its issuer and its secret, and has Nimbus' SDK do the rest. */
public final class NimbusTpp {

    private final OIDCProviderMetadata metadata;
    private final ClientAuthentication authentication;

    public NimbusTpp(Tpp tpp) {
        try {
            metadata = OIDCProviderMetadata.resolve(new Issuer(tpp.realm().uri("")));
        } catch (GeneralException e) {
            throw new AssertionError("the SDK does not take what discovery says", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        authentication = new ClientSecretBasic(new ClientID(tpp.clientId()), new Secret(tpp.secret()));
    }

    public OIDCProviderMetadata metadata() {
        return metadata;
    }

    public ClientAuthentication authentication() {
        return authentication;
    }

    /** A backchannel request for scopes, to be completed. */
    CIBARequest.Builder request(String... scopes) {
        Scope scope = new Scope(scopes);
        scope.add("openid");
        return new CIBARequest.Builder(authentication, scope);
    }

    CIBAResponse send(CIBARequest.Builder request) {
        CIBARequest whole = request.endpointURI(metadata.getBackChannelAuthenticationEndpointURI())
                .build();
        try {
            return CIBAResponse.parse(whole.toHTTPRequest().send());
        } catch (ParseException e) {
            throw new AssertionError("the SDK does not take the answer", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks, and must be allowed to. */
    CIBARequestAcknowledgement ask(CIBARequest.Builder request) {
        CIBAResponse response = send(request);
        assertThat(response.indicatesSuccess())
                .as(() -> response.toErrorResponse()
                        .getErrorObject()
                        .toJSONObject()
                        .toString())
                .isTrue();
        return response.toRequestAcknowledgement();
    }

    TokenResponse poll(CIBARequestAcknowledgement asked) {
        return poll(asked, request -> {});
    }

    /** @param more what the request has beside its parameters */
    TokenResponse poll(CIBARequestAcknowledgement asked, Consumer<HTTPRequest> more) {
        return fetch(new CIBAGrant(asked.getAuthRequestID()), more);
    }

    TokenResponse fetch(AuthorizationGrant grant, Consumer<HTTPRequest> more) {
        HTTPRequest request =
                new TokenRequest(metadata.getTokenEndpointURI(), authentication, grant, null).toHTTPRequest();
        more.accept(request);
        try {
            return OIDCTokenResponseParser.parse(request.send());
        } catch (ParseException e) {
            throw new AssertionError("the SDK does not take the answer", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String error(TokenResponse response) {
        assertThat(response.indicatesSuccess()).isFalse();
        return response.toErrorResponse().getErrorObject().getCode();
    }

    static OIDCTokenResponse tokens(TokenResponse response) {
        assertThat(response.indicatesSuccess())
                .as(() -> response.toErrorResponse()
                        .getErrorObject()
                        .toJSONObject()
                        .toString())
                .isTrue();
        return (OIDCTokenResponse) response.toSuccessResponse();
    }
}
