package io.assent.standin;

import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * The {@code auth_req_id} of a token request as the stock CIBA grant has read it: the very object that it goes on with.
 * It shows that to the client policies first, so that nobody else has to decrypt it, nor to encrypt what the grant is
 * to see.
 */
public final class ReadTokenRequest {

    private static final String ATTRIBUTE = ReadTokenRequest.class.getName();

    /**
     * Has the object handed over before any policy of the realm looks at it. The grant goes by what is in it then.
     *
     * @param show called once at the most, and not where what the client sent can't be read
     * @throws IllegalStateException where other client policies than the pack's are in place: nobody would be shown
     *     anything, and the stock grant would believe a record that others write
     */
    public static void showBy(KeycloakSession session, Consumer<CIBAAuthenticationRequest> show) {
        if (!(session.clientPolicy() instanceof Source)) {
            throw new IllegalStateException("Another provider of 'client-policy-manager' is in the place of 'assent'."
                    + " No token is given for a CIBA request until that is removed");
        }
        session.setAttribute(ATTRIBUTE, new Handover(show));
    }

    /** Nothing is shown any more. */
    public static void forget(KeycloakSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** To be called by a {@link Source} with each context. */
    public static void handOver(KeycloakSession session, ClientPolicyContext context) {
        if (context instanceof BackchannelTokenRequestContext read) {
            Handover handover = session.getAttribute(ATTRIBUTE, Handover.class);
            if (handover != null) {
                session.removeAttribute(ATTRIBUTE);
                handover.show().accept(read.getParsedRequest());
            }
        }
    }

    /** Client policies that {@linkplain #handOver hand it over}. */
    public interface Source {}

    private record Handover(Consumer<CIBAAuthenticationRequest> show) {}

    private ReadTokenRequest() {}
}
