package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.JSONArrayUtils;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.minidev.json.JSONObject;

/** The bank, as its discovery document describes it. */
final class Bank {

    /** So much longer is waited after a poll that came too early (CIBA Core 1.0, section 11). */
    private static final int SLOWER_SECONDS = 5;

    private final Settings settings;
    private final OIDCProviderMetadata metadata;

    Bank(Settings settings) throws GeneralException, IOException {
        this.settings = settings;
        this.metadata = OIDCProviderMetadata.resolve(settings.issuer());
    }

    /** Asks the customer, and returns what their answer is fetched by. */
    CIBARequestAcknowledgement ask(Notifications pings) throws IOException, ParseException, RefusedException {
        CIBARequest.Builder request = new CIBARequest.Builder(settings.authentication(), settings.scope())
                .endpointURI(metadata.getBackChannelAuthenticationEndpointURI())
                .loginHint(settings.customer())
                .bindingMessage("Your yearly budget");
        if (!settings.details().isEmpty()) {
            request.customParameter("authorization_details", settings.details());
        }
        if (pings != null) {
            request.clientNotificationToken(pings.token());
        }
        CIBAResponse answer = CIBAResponse.parse(request.build().toHTTPRequest().send());
        if (!answer.indicatesSuccess()) {
            throw new RefusedException(answer.toErrorResponse().getErrorObject());
        }
        return answer.toRequestAcknowledgement();
    }

    /** Polls until there is an answer. */
    TokenResponse poll(CIBARequestAcknowledgement asked)
            throws IOException, ParseException, RefusedException, InterruptedException {
        int interval = asked.getMinWaitInterval();
        while (true) {
            TimeUnit.SECONDS.sleep(interval);
            try {
                return fetch(asked.getAuthRequestID());
            } catch (RefusedException refused) {
                if (refused.says("slow_down")) {
                    interval += SLOWER_SECONDS;
                } else if (!refused.says("authorization_pending")) {
                    throw refused;
                }
            }
        }
    }

    TokenResponse fetch(AuthRequestID authReqId) throws IOException, ParseException, RefusedException {
        return tokens(new CIBAGrant(authReqId));
    }

    /** The tokens of the answer take the place of those from before, the refresh token too. */
    TokenResponse refresh(RefreshToken last) throws IOException, ParseException, RefusedException {
        return tokens(new RefreshTokenGrant(last));
    }

    private TokenResponse tokens(AuthorizationGrant grant) throws IOException, ParseException, RefusedException {
        TokenResponse answer = TokenResponse.parse(
                new TokenRequest(metadata.getTokenEndpointURI(), settings.authentication(), grant, null)
                        .toHTTPRequest()
                        .send());
        if (!answer.indicatesSuccess()) {
            throw new RefusedException(answer.toErrorResponse().getErrorObject());
        }
        return answer;
    }

    List<Map<String, Object>> accounts(BearerAccessToken token) throws IOException, ParseException {
        return list(read(token, "/accounts"), "accounts");
    }

    List<Map<String, Object>> balances(BearerAccessToken token, String account) throws IOException, ParseException {
        return list(read(token, "/accounts/" + account + "/balances"), "balances");
    }

    /** What was not granted is refused with 403. */
    private JSONObject read(BearerAccessToken token, String path) throws IOException, ParseException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(settings.api() + path));
        request.setAuthorization(token.toAuthorizationHeader());
        HTTPResponse answer = request.send();
        answer.ensureStatusCode(HTTPResponse.SC_OK);
        return answer.getBodyAsJSONObject();
    }

    private static List<Map<String, Object>> list(JSONObject answer, String name) throws ParseException {
        return JSONArrayUtils.toJSONObjectList(JSONObjectUtils.getJSONArray(answer, name)).stream()
                .<Map<String, Object>>map(object -> object)
                .toList();
    }
}
