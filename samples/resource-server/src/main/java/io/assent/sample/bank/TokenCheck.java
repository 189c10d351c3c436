package io.assent.sample.bank;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InMemoryDPoPSingleUseChecker;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.minidev.json.JSONArray;

/**
 * Asks the bank's login what a token is worth, for each call anew (RFC 7662): so a consent that the customer takes back
 * ends with the next call.
 */
final class TokenCheck {

    /** The longest token, in characters. */
    private static final int MAX_LENGTH = 16_384;

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long PROOF_SECONDS = 60;
    private static final long CLOCK_SKEW_SECONDS = 10;

    private final Settings settings;
    private final URI introspection;
    private final DPoPProtectedResourceRequestVerifier proofs = new DPoPProtectedResourceRequestVerifier(
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256),
            CLOCK_SKEW_SECONDS,
            PROOF_SECONDS,
            // with several nodes this has to be one for all: a proof is good for one call
            new InMemoryDPoPSingleUseChecker(2 * PROOF_SECONDS, PROOF_SECONDS));

    TokenCheck(Settings settings) throws GeneralException, IOException {
        this.settings = settings;
        this.introspection = OIDCProviderMetadata.resolve(settings.issuer()).getIntrospectionEndpointURI();
    }

    /**
     * @param uri the call's, as the TPP wrote it, without the query
     * @param authorization the values of {@code Authorization}
     * @param proof the values of {@code DPoP}
     */
    Permit check(String method, URI uri, List<String> authorization, List<String> proof) throws RefusedException {
        if (authorization.isEmpty()) {
            throw RefusedException.missingToken();
        }
        if (authorization.size() > 1 || proof.size() > 1) {
            throw RefusedException.invalidRequest();
        }
        AccessToken token = token(authorization.get(0));
        boolean byDPoP = token instanceof DPoPAccessToken;
        TokenIntrospectionSuccessResponse known = introspect(token);
        if (!isForUs(known) || !isOfItsSender(known, token, method, uri, proof)) {
            throw RefusedException.invalidToken(byDPoP);
        }
        List<String> scopes =
                known.getScope() == null ? List.of() : known.getScope().toStringList();
        return new Permit(known.getSubject().getValue(), byDPoP, scopes, details(known));
    }

    private static AccessToken token(String authorization) throws RefusedException {
        AccessTokenType type =
                authorization.regionMatches(true, 0, "DPoP ", 0, 5) ? AccessTokenType.DPOP : AccessTokenType.BEARER;
        if (authorization.length() > MAX_LENGTH) {
            throw RefusedException.invalidToken(type == AccessTokenType.DPOP);
        }
        try {
            return AccessToken.parse(authorization, type);
        } catch (ParseException otherScheme) {
            throw RefusedException.missingToken();
        }
    }

    private TokenIntrospectionSuccessResponse introspect(AccessToken token) throws RefusedException {
        HTTPRequest request =
                new TokenIntrospectionRequest(introspection, settings.authentication(), token).toHTTPRequest();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        try {
            TokenIntrospectionResponse answer = TokenIntrospectionResponse.parse(request.send());
            if (answer.indicatesSuccess()) {
                return answer.toSuccessResponse();
            }
            System.err.printf(
                    "The login does not tell what tokens are worth (status %d): look at CLIENT_ID and CLIENT_SECRET%n",
                    answer.toErrorResponse().getErrorObject().getHTTPStatusCode());
        } catch (IOException | ParseException e) {
            System.err.println("The login at " + introspection + " can't be asked: " + e.getMessage());
        }
        throw RefusedException.unavailable();
    }

    private boolean isForUs(TokenIntrospectionSuccessResponse known) {
        Audience us = new Audience(settings.authentication().getClientID());
        return known.isActive()
                && known.getAudience() != null
                && known.getAudience().contains(us)
                && known.getSubject() != null
                && known.getClientID() != null;
    }

    /** A token that is bound to a key is worth nothing without it, and a plain one comes as what it is. */
    private boolean isOfItsSender(
            TokenIntrospectionSuccessResponse known, AccessToken token, String method, URI uri, List<String> proof) {
        if (known.getTokenType() == null || !known.getTokenType().equals(token.getType())) {
            return false;
        }
        if (!(token instanceof DPoPAccessToken bound)) {
            // by x5t#S256 it would be bound to a certificate (RFC 8705), which whoever ends TLS has to pass on
            return known.getJSONObjectParameter("cnf") == null;
        }
        if (known.getJWKThumbprintConfirmation() == null
                || known.getX509CertificateConfirmation() != null
                || proof.isEmpty()) {
            return false;
        }
        try {
            proofs.verify(
                    method,
                    uri,
                    new DPoPIssuer(known.getClientID()),
                    SignedJWT.parse(proof.get(0)),
                    bound,
                    known.getJWKThumbprintConfirmation(),
                    null,
                    null);
            return true;
        } catch (InvalidDPoPProofException
                | AccessTokenValidationException
                | JOSEException
                | java.text.ParseException noProof) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // the names of a JSON object are strings
    private static List<Map<String, Object>> details(TokenIntrospectionSuccessResponse known) {
        JSONArray details = known.getJSONArrayParameter("authorization_details");
        return details == null
                ? List.of()
                : details.stream()
                        .filter(Map.class::isInstance)
                        .map(detail -> (Map<String, Object>) detail)
                        .toList();
    }
}
