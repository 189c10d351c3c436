package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.minidev.json.JSONObject;

/** The bank, as its discovery document describes it. */
final class Bank {

    /** So much longer is waited after a poll that came too early (CIBA Core 1.0, section 11). */
    private static final int SLOWER_SECONDS = 5;

    /** So often is asked without a ping, which can be lost; and so long before the request's time is over. */
    private static final int UNPINGED_SECONDS = 30;

    private static final int LAST_SECONDS = 10;

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 10_000;

    private final Settings settings;
    private final OIDCProviderMetadata metadata;

    Bank(Settings settings) throws GeneralException, IOException {
        this.settings = settings;
        this.metadata = OIDCProviderMetadata.resolve(settings.issuer(), CONNECT_MILLIS, READ_MILLIS);
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
        CIBAResponse answer = CIBAResponse.parse(send(request.build().toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw new RefusedException(answer.toErrorResponse().getErrorObject());
        }
        return answer.toRequestAcknowledgement();
    }

    /**
     * Asks until there is an answer: at the interval, or when the bank has pinged. A ping can be lost, and after its
     * time the request's answer is too, so that it is asked now and then without one.
     *
     * @param pings or {@code null} in poll mode
     */
    TokenResponse await(CIBARequestAcknowledgement asked, Notifications pings)
            throws IOException, ParseException, RefusedException, InterruptedException {
        long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(asked.getExpiresIn() - LAST_SECONDS);
        int interval = Optional.ofNullable(asked.getMinWaitInterval())
                .orElse(CIBARequestAcknowledgement.DEFAULT_MIN_WAIT_INTERVAL);
        boolean pinged = pings == null;
        while (true) {
            if (pinged) {
                TimeUnit.SECONDS.sleep(interval);
            } else {
                long left = TimeUnit.NANOSECONDS.toSeconds(last - System.nanoTime());
                pinged = pings.await(asked.getAuthRequestID(), Math.max(interval, Math.min(UNPINGED_SECONDS, left)));
            }
            try {
                return tokens(new CIBAGrant(asked.getAuthRequestID()));
            } catch (RefusedException refused) {
                if (refused.says("slow_down")) {
                    interval += SLOWER_SECONDS;
                } else if (!refused.says("authorization_pending")) {
                    throw refused;
                }
            }
        }
    }

    /** The tokens of the answer take the place of those from before, the refresh token too. */
    TokenResponse refresh(RefreshToken last) throws IOException, ParseException, RefusedException {
        return tokens(new RefreshTokenGrant(last));
    }

    private TokenResponse tokens(AuthorizationGrant grant) throws IOException, ParseException, RefusedException {
        TokenResponse answer = TokenResponse.parse(
                send(new TokenRequest(metadata.getTokenEndpointURI(), settings.authentication(), grant, null)
                        .toHTTPRequest()));
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
        HTTPResponse answer = send(request);
        answer.ensureStatusCode(HTTPResponse.SC_OK);
        return answer.getBodyAsJSONObject();
    }

    /** Without timeouts a call may wait for ever. */
    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        return request.send();
    }

    private static List<Map<String, Object>> list(JSONObject answer, String name) throws ParseException {
        return JSONArrayUtils.toJSONObjectList(JSONObjectUtils.getJSONArray(answer, name)).stream()
                .<Map<String, Object>>map(object -> object)
                .toList();
    }
}
