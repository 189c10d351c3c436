package io.assent.sandbox.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.assent.rest.Problem;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Asks what a token is worth, each time anew, as the client {@value #CLIENT}. By the same code as the introspection
 * endpoint, and without a call of the server to itself: it would need a thread and an address that it may not have.
 */
public record TokenCheck(KeycloakSession session) {

    static final String CLIENT = "sandbox-bank";

    /** The longest token, in characters. */
    static final int MAX_LENGTH = 16_384;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return empty where the token is none of this realm, over, not for this API, or bound to a key */
    public Optional<Permit> permit(String token) {
        return token.length() > MAX_LENGTH ? Optional.empty() : Permit.of(introspect(token), CLIENT);
    }

    private JsonNode introspect(String token) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel bank = realm.getClientByClientId(CLIENT);
        if (bank == null || !bank.isEnabled()) {
            throw unset().toException();
        }
        session.getContext().setClient(bank);
        EventBuilder event = new EventBuilder(
                        realm, session, session.getContext().getConnection())
                .event(EventType.INTROSPECT_TOKEN)
                .client(bank);
        try (Response answer = session.getProvider(
                        TokenIntrospectionProvider.class, AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE)
                .introspect(token, event)) {
            return JSON.readTree((byte[]) answer.getEntity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException notAToken) {
            // Keycloak throws nothing more precise for a string that it did not make
            return MissingNode.getInstance();
        }
    }

    private static Problem unset() {
        return new Problem(
                "urn:assent:problem:bank-not-set-up",
                "The sandbox's bank can't check tokens",
                503,
                "The realm has no client '" + CLIENT + "'. Import the dev realm anew, or create the client.");
    }
}
