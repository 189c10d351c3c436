package io.assent.token;

import com.fasterxml.jackson.core.type.TypeReference;
import io.assent.consent.Consent;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.request.ConsentRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

/**
 * The authorization details that tokens carry (RFC 9396, section 7 and 9.1), with what a resource server needs to carry
 * them out as they were shown.
 *
 * @param txn the id of the request that the customer answered; one act for each (RFC 8417, section 2.2)
 * @param contentHash names all that the customer was shown, or {@code null} where that was not kept
 */
public record TokenDetails(Details details, String txn, String contentHash) {

    static final TokenDetails NONE = new TokenDetails(Details.NONE, null, null);

    /** The claims of an access token. */
    static final String TXN = "txn";

    static final String CONTENT_HASH = "content_hash";

    /**
     * The claim of a refresh token with its details: the server copies its own into the access token unseen, and passes
     * it to processors that are not there.
     */
    private static final String REFRESH = "consent_details";

    /** @param granted what tokens may carry of what was granted by a request */
    static TokenDetails of(ConsentRequest request, Details granted) {
        return granted.isEmpty()
                ? NONE
                : new TokenDetails(
                        granted, request.id(), request.decision().contentHash().orElse(null));
    }

    /** What of a refresh token's details a consent still grants, of types that the client may still have. */
    static TokenDetails of(RefreshToken token, Consent consent, ClientModel client, DetailTypes types) {
        Map<String, Object> claims = token.getOtherClaims();
        if (!(claims.get(REFRESH) instanceof List<?> before)) {
            return NONE;
        }
        Details granted = types.within(client, consent.details(), read(before));
        return granted.isEmpty()
                ? NONE
                : new TokenDetails(granted, text(claims.get(TXN)), text(claims.get(CONTENT_HASH)));
    }

    /** The ID token is not widened. */
    void writeTo(TokenPostProcessorContext context) {
        if (details.isEmpty()) {
            return;
        }
        AccessToken accessToken = context.accessToken();
        if (accessToken != null) {
            accessToken.setAuthorizationDetails(toClaim());
            writeTo(accessToken);
        }
        if (context.refreshToken() != null) {
            context.refreshToken().setOtherClaims(REFRESH, toClaim());
            writeTo(context.refreshToken());
        }
    }

    private void writeTo(JsonWebToken token) {
        token.setOtherClaims(TXN, txn);
        if (contentHash != null) {
            token.setOtherClaims(CONTENT_HASH, contentHash);
        }
    }

    /** What a resource server is told beside the details. */
    public static void copyClaims(AccessToken from, AccessToken to) {
        for (String claim : List.of(TXN, CONTENT_HASH)) {
            Object value = from.getOtherClaims().get(claim);
            if (value != null) {
                to.setOtherClaims(claim, value);
            }
        }
    }

    /** As the server writes them. */
    List<AuthorizationDetailsJSONRepresentation> toClaim() {
        try {
            return JsonSerialization.readValue(details.json(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Details read(List<?> claim) {
        try {
            return Details.parse(JsonSerialization.writeValueAsString(claim));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Object claim) {
        return claim == null ? null : claim.toString();
    }
}
