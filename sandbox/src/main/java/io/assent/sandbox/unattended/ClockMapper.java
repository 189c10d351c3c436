package io.assent.sandbox.unattended;

import io.assent.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/**
 * Makes the ID tokens of a client as a server would whose clock is wrong: their times are those of the client's script.
 * Access tokens, which the server itself reads again, keep theirs.
 */
public final class ClockMapper extends AbstractOIDCProtocolMapper implements OIDCIDTokenMapper {

    private static final String ID = "sandbox-clock";

    /** Has a client's tokens go through it, or not. */
    static void give(ClientModel client, boolean wanted) {
        ProtocolMapperModel there = client.getProtocolMapperByName(OIDCLoginProtocol.LOGIN_PROTOCOL, ID);
        if (wanted && there == null) {
            ProtocolMapperModel mapper = new ProtocolMapperModel();
            mapper.setName(ID);
            mapper.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
            mapper.setProtocolMapper(ID);
            mapper.setConfig(Map.of());
            client.addProtocolMapper(mapper);
        } else if (!wanted && there != null) {
            client.removeProtocolMapper(there);
        }
    }

    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        Optional.of(context.getClientSession().getClient())
                .filter(client -> Sandbox.enabledIn(client.getRealm()))
                .flatMap(Script::of)
                .map(Script::clock)
                .ifPresent(clock -> move(token, clock));
        return token;
    }

    private static void move(IDToken token, Duration clock) {
        token.iat(token.getIat() + clock.toSeconds());
        token.exp(token.getExp() + clock.toSeconds());
        if (token.getAuth_time() != null) {
            token.setAuth_time(token.getAuth_time() + clock.toSeconds());
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "Sandbox: wrong clock";
    }

    @Override
    public String getHelpText() {
        return "Shifts the times in ID tokens as the client's script in the sandbox says.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
