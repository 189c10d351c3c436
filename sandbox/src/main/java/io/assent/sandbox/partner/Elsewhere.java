package io.assent.sandbox.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.partner.PartnerAccess;
import io.assent.partner.Partners;
import io.assent.partner.provider.TokenResult;
import io.assent.partner.provider.TokenUse;
import io.assent.server.Customer;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpResponse;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What the bank's own service sees of a customer at partners, for the phone page. */
public final class Elsewhere {

    /** Where a partner of the sandbox has its API, beside where it has its tokens. */
    private static final String API = "/sandbox/savings";

    private static final String TOKENS = "/protocol/openid-connect/token";

    private static final int OK = 200;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Partners partners;

    public Elsewhere(KeycloakSession session) {
        this.session = session;
        realm = session.getContext().getRealm();
        partners = Partners.of(session);
    }

    /** What each partner says, by its id; without {@code savings} where it does not answer. */
    public ObjectNode of(Customer customer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("partners");
        for (PartnerAccess access : partners.connected(customer)) {
            ObjectNode one = all.addObject().put("id", access.id());
            read(access).ifPresent(savings -> one.set("savings", savings));
        }
        return json;
    }

    private Optional<JsonNode> read(PartnerAccess access) {
        IdentityProviderModel provider = session.identityProviders().getById(access.providerId());
        if (provider == null) {
            return Optional.empty();
        }
        TokenResult result = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> use(own, access.id()),
                "partner token");
        if (result instanceof TokenResult.Old old) {
            result = old.refresh().make();
        }
        return result instanceof TokenResult.Token token
                ? api(provider.getConfig().get("tokenUrl")).flatMap(api -> call(api, token.accessToken()))
                : Optional.empty();
    }

    /** By the address that the server itself calls: the issuer's is for browsers, and leads nowhere in a container. */
    static Optional<String> api(String tokenUrl) {
        return Optional.ofNullable(tokenUrl)
                .filter(url -> url.endsWith(TOKENS))
                .map(url -> url.substring(0, url.length() - TOKENS.length()) + API);
    }

    private TokenResult use(KeycloakSession own, String id) {
        Partners open = Partners.of(own);
        return open.use(realm.getId(), id)
                .map(usable -> new TokenUse(own, own.getContext().getRealm(), open).of(usable))
                .orElseGet(TokenResult.Ended::new);
    }

    private Optional<JsonNode> call(String url, String token) {
        try (SimpleHttpResponse response =
                SimpleHttp.create(session).doGet(url).auth(token).acceptJson().asResponse()) {
            return response.getStatus() == OK ? Optional.of(response.asJson()) : Optional.empty();
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }
}
