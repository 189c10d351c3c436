package io.assent.securityevent;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.TokenCategory;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/** Signs Security Event Tokens with the realm's key. */
final class SecurityEventTokens {

    /** RFC 8417, section 2.3. */
    private static final String TYPE = "secevent+jwt";

    private final KeycloakSession session;

    SecurityEventTokens(KeycloakSession session) {
        this.session = session;
    }

    String encode(ClientModel client, SecurityEvent event) {
        return new JWSBuilder()
                .type(TYPE)
                .content(event.claims().getBytes(StandardCharsets.UTF_8))
                .sign(session.getProvider(SignatureProvider.class, algorithm(client))
                        .signer());
    }

    /**
     * As the client has its ID tokens and logout tokens signed, or else as the realm signs: but by no secret, which
     * nobody outside could check.
     */
    private String algorithm(ClientModel client) {
        // whose algorithm is asked for
        session.getContext().setClient(client);
        return Stream.of(
                        session.tokens().signatureAlgorithm(TokenCategory.LOGOUT),
                        client.getRealm().getDefaultSignatureAlgorithm())
                .filter(Objects::nonNull)
                .filter(algorithm -> !algorithm.isEmpty() && !algorithm.startsWith("HS"))
                .findFirst()
                .orElse(Constants.DEFAULT_SIGNATURE_ALGORITHM);
    }
}
