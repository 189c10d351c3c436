package io.assent.testing.actor;

import static io.assent.testing.actor.DevRealm.ORBIT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One realm of a running server, and who acts in it. */
public record Realm(Server server, String name) {

    private static final ConcurrentHashMap<Server, OpenApi> DESCRIPTIONS = new ConcurrentHashMap<>();

    /** A new customer, whom no other test knows. */
    public Customer newCustomer() {
        String username = "customer-" + UUID.randomUUID();
        String id = admin().createUser(name, username, username);
        return new Customer(this, id, username, username);
    }

    /** A TPP of the dev realm. */
    public Tpp tpp(String clientId) {
        return new Tpp(this, clientId, clientId + "-secret");
    }

    /** The bank's own API, for which the TPPs' tokens are. */
    public Tpp api() {
        return tpp(RealmFile.API);
    }

    /**
     * A new TPP, which no other test knows; customers may grant it a part where they may grant its model a part.
     *
     * @param model the TPP of the dev realm that it is like
     * @param change what is different, in the admin API's representation of the client
     */
    public Tpp newTpp(String model, Consumer<ObjectNode> change) {
        String clientId = NewClients.next(model);
        ObjectNode client = admin().client(name, model);
        client.remove("id");
        client.put("clientId", clientId).put("secret", clientId + "-secret");
        change.accept(client);
        admin().createClient(name, client);
        return tpp(clientId);
    }

    /** A new TPP in ping mode that is like {@code orbit-pisp}. */
    public Tpp newPingTpp(URI clientNotificationEndpoint) {
        return newTpp(ORBIT, client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.client.notification.endpoint", clientNotificationEndpoint.toString()));
    }

    public Admin admin() {
        return server.admin();
    }

    /** What the server says about its consent API; the same in all realms. */
    public OpenApi openApi() {
        return DESCRIPTIONS.computeIfAbsent(server, any -> OpenApi.servedBy(this));
    }

    public URI tokenEndpoint() {
        return uri("/protocol/openid-connect/token");
    }

    public URI uri(String path) {
        return server.uri("/realms/" + name + path);
    }
}
