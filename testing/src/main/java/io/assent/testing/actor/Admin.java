package io.assent.testing.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** What a bank admin does, by the admin API of Keycloak. */
public final class Admin {

    private static final String PERMISSIONS_ACTION = "/authentication/required-actions/consent-permissions/config";

    /** To make or remove a realm takes a busy server long, and is not what is tested. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ConcurrentHashMap<Server, AdminToken> TOKENS = new ConcurrentHashMap<>();

    private final Server server;

    public Admin(Server server) {
        this.server = server;
    }

    public void createRealm(RealmFile realm) {
        call("POST", "", realm.json()).ok();
        // an older one does not have the rights of the realm's admin
        TOKENS.remove(server);
    }

    /** Wants to import a realm, which may be refused. */
    public Answer importRealm(RealmFile realm) {
        return call("POST", "", realm.json());
    }

    /** The realm's internal id. */
    public String realmId(String realm) {
        return get("/" + realm).get("id").asText();
    }

    public void updateRealm(String realm, Consumer<ObjectNode> change) {
        update("/" + realm, change);
    }

    public void removeRealm(String realm) {
        call("DELETE", "/" + realm, null).ok();
    }

    /** Creates a user with a complete profile, and returns its id. */
    public String createUser(String realm, String username, String password) {
        ObjectNode user = Http.object()
                .put("username", username)
                .put("email", username + "@example.com")
                .put("firstName", "Firstname")
                .put("lastName", "Lastname")
                .put("enabled", true)
                .put("emailVerified", true);
        user.withArrayProperty("credentials")
                .addObject()
                .put("type", "password")
                .put("value", password)
                .put("temporary", false);
        return created(call("POST", "/" + realm + "/users", user));
    }

    public String userId(String realm, String username) {
        return get("/" + realm + "/users?exact=true&username=" + username)
                .get(0)
                .get("id")
                .asText();
    }

    public void updateUser(String realm, String userId, Consumer<ObjectNode> change) {
        update("/" + realm + "/users/" + userId, change);
    }

    /** The user's credentials of a type, as the console's <em>Credentials</em> tab shows them. */
    public JsonNode credentials(String realm, String userId, String type) {
        ArrayNode ofType = JsonNodeFactory.instance.arrayNode();
        for (JsonNode credential : get("/" + realm + "/users/" + userId + "/credentials")) {
            if (credential.path("type").asText().equals(type)) {
                ofType.add(credential);
            }
        }
        return ofType;
    }

    public void removeCredential(String realm, String userId, String credentialId) {
        call("DELETE", "/" + realm + "/users/" + userId + "/credentials/" + credentialId, null)
                .ok();
    }

    /** Gives a user one more credential, as an export has it. */
    public void addCredential(String realm, String userId, ObjectNode credential) {
        updateUser(realm, userId, user -> user.putArray("credentials").add(credential));
    }

    /** Ends the user's sessions. */
    public void logOut(String realm, String userId) {
        call("POST", "/" + realm + "/users/" + userId + "/logout", null).ok();
    }

    /** The call by which an admin's browser gets into a user's place. */
    public HttpRequest.Builder impersonation(String realm, String userId) {
        return authorized("/" + realm + "/users/" + userId + "/impersonation").POST(BodyPublishers.noBody());
    }

    public void removeUser(String realm, String userId) {
        call("DELETE", "/" + realm + "/users/" + userId, null).ok();
    }

    /** A removal that is to happen at a moment: one call, with all that it needs at hand. */
    public Callable<Answer> userRemoval(String realm, String userId) {
        return removal("/" + realm + "/users/" + userId);
    }

    /** What the user granted to clients, as Keycloak keeps it. */
    public JsonNode consents(String realm, String userId) {
        return get("/" + realm + "/users/" + userId + "/consents");
    }

    /** The names of the client scopes among it, client after client. */
    public List<String> grantedScopes(String realm, String userId) {
        return grantedScopes(realm, userId, consent -> true);
    }

    /** The names of those that the user granted to a client. */
    public List<String> grantedScopes(String realm, String userId, String clientId) {
        return grantedScopes(
                realm, userId, consent -> consent.get("clientId").asText().equals(clientId));
    }

    private List<String> grantedScopes(String realm, String userId, Predicate<JsonNode> which) {
        return StreamSupport.stream(consents(realm, userId).spliterator(), false)
                .filter(which)
                .flatMap(consent ->
                        StreamSupport.stream(consent.get("grantedClientScopes").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    /** Takes back what the user granted to a client, as the console does it. */
    public Answer revokeConsent(String realm, String userId, String clientId) {
        return call("DELETE", "/" + realm + "/users/" + userId + "/consents/" + clientId, null);
    }

    /** What the console's <em>Events</em> page shows of a user, the newest first. */
    public JsonNode events(String realm, String userId) {
        return get("/" + realm + "/events?max=100&user=" + userId);
    }

    /** The same of a client. */
    public JsonNode clientEvents(String realm, String clientId) {
        return get("/" + realm + "/events?max=100&client=" + clientId);
    }

    /** What the console's <em>Admin events</em> page shows of a path, with {@code *} for anything, newest first. */
    public JsonNode adminEvents(String realm, String path) {
        return get("/" + realm + "/admin-events?max=100&resourcePath=" + path);
    }

    /** Gives a user a role of a client, as the console does it below <em>Role mapping</em>. */
    public void giveRole(String realm, String userId, String owner, String role) {
        String ofOwner = idOfClient(realm, owner);
        JsonNode known = get("/" + realm + "/clients/" + ofOwner + "/roles/" + role);
        call(
                        "POST",
                        "/" + realm + "/users/" + userId + "/role-mappings/clients/" + ofOwner,
                        Http.JSON.createArrayNode().add(known))
                .ok();
    }

    /** Lets one user view another one, and nobody else, by the console's <em>Permissions</em>. */
    public void letView(String realm, String userId, String viewed) {
        permit(realm, userId, "Users", viewed, "view");
    }

    /** Lets a user view and manage one client, and no other. */
    public void letManageClient(String realm, String userId, String clientId) {
        permit(realm, userId, "Clients", idOfClient(realm, clientId), "view", "manage");
    }

    private void permit(String realm, String userId, String type, String resource, String... scopes) {
        updateRealm(realm, settings -> settings.put("adminPermissionsEnabled", true));
        String authorization =
                "/" + realm + "/clients/" + idOfClient(realm, "admin-permissions") + "/authz/resource-server";
        String name = userId + " at " + resource;
        ObjectNode policy = Http.object().put("name", "who may, " + name).put("logic", "POSITIVE");
        policy.withArrayProperty("users").add(userId);
        call("POST", authorization + "/policy/user", policy).ok();
        ObjectNode permission =
                Http.object().put("name", name).put("resourceType", type).put("decisionStrategy", "UNANIMOUS");
        permission.withArrayProperty("resources").add(resource);
        for (String scope : scopes) {
            permission.withArrayProperty("scopes").add(scope);
        }
        permission.withArrayProperty("policies").add("who may, " + name);
        call("POST", authorization + "/permission/scope", permission).ok();
    }

    public boolean lockedOut(String realm, String userId) {
        return get("/" + realm + "/attack-detection/brute-force/users/" + userId)
                .get("disabled")
                .asBoolean();
    }

    public void unlock(String realm, String userId) {
        call("DELETE", "/" + realm + "/attack-detection/brute-force/users/" + userId, null)
                .ok();
    }

    public ObjectNode client(String realm, String clientId) {
        return (ObjectNode) get("/" + realm + "/clients?clientId=" + clientId).get(0);
    }

    public void createClient(String realm, ObjectNode client) {
        created(register(realm, client));
    }

    /** Wants to register a client, which the realm's client policies may refuse. */
    public Answer register(String realm, ObjectNode client) {
        return call("POST", "/" + realm + "/clients", client);
    }

    /** A token by which somebody else may register two clients. */
    public String initialAccessToken(String realm) {
        return call(
                        "POST",
                        "/" + realm + "/clients-initial-access",
                        Http.object().put("count", 2).put("expiration", 600))
                .ok()
                .get("token")
                .asText();
    }

    /** A token by which whoever holds it may change the client (RFC 7592). */
    public String registrationAccessToken(String realm, String clientId) {
        return call(
                        "POST",
                        "/" + realm + "/clients/" + idOfClient(realm, clientId) + "/registration-access-token",
                        null)
                .ok()
                .get("registrationAccessToken")
                .asText();
    }

    /** Wants to add a component to a realm, whatever it is. */
    public Answer addComponent(String realm, ObjectNode component) {
        return call("POST", "/" + realm + "/components", component);
    }

    /** The components of a realm of one type. */
    public List<ObjectNode> components(String realm, String type) {
        List<ObjectNode> components = new ArrayList<>();
        get("/" + realm + "/components?type=" + type).forEach(one -> components.add((ObjectNode) one));
        return components;
    }

    /** Wants to write a component anew. */
    public Answer changeComponent(String realm, ObjectNode component) {
        return call("PUT", "/" + realm + "/components/" + component.get("id").asText(), component);
    }

    public void removeComponent(String realm, ObjectNode component) {
        call("DELETE", "/" + realm + "/components/" + component.get("id").asText(), null)
                .ok();
    }

    /** The server reads the realm and its clients from the database again. */
    public void clearRealmCache(String realm) {
        call("POST", "/" + realm + "/clear-realm-cache", null).ok();
    }

    /** What the console shows below <em>Credentials</em>. */
    public String secret(String realm, String clientId) {
        return get("/" + realm + "/clients/" + idOfClient(realm, clientId) + "/client-secret")
                .get("value")
                .asText();
    }

    public void removeClient(String realm, String clientId) {
        call("DELETE", "/" + realm + "/clients/" + idOfClient(realm, clientId), null)
                .ok();
    }

    /** Like {@link #userRemoval}. */
    public Callable<Answer> clientRemoval(String realm, String clientId) {
        return removal("/" + realm + "/clients/" + idOfClient(realm, clientId));
    }

    /** Wants to change a client, which may be refused. */
    public Answer changeClient(String realm, String clientId, Consumer<ObjectNode> change) {
        ObjectNode client = client(realm, clientId);
        change.accept(client);
        return call("PUT", "/" + realm + "/clients/" + client.get("id").asText(), client);
    }

    public void updateClient(String realm, String clientId, Consumer<ObjectNode> change) {
        update("/" + realm + "/clients/" + idOfClient(realm, clientId), change);
    }

    /** Assigns a client scope to a client, as {@code default} or {@code optional}, in place of how it was before. */
    public void assignScope(String realm, String clientId, String scope, String assignment) {
        unassignScope(realm, clientId, scope);
        call("PUT", assigned(realm, clientId, scope, assignment), null).ok();
    }

    public void unassignScope(String realm, String clientId, String scope) {
        call("DELETE", assigned(realm, clientId, scope, "default"), null);
        call("DELETE", assigned(realm, clientId, scope, "optional"), null);
    }

    /** Lets tokens of a client have a role of another client, as the console does it below <em>Scope</em>. */
    public void addToScopeOf(String realm, String clientId, String owner, String role) {
        String ofOwner = idOfClient(realm, owner);
        JsonNode known = get("/" + realm + "/clients/" + ofOwner + "/roles/" + role);
        call(
                        "POST",
                        "/" + realm + "/clients/" + idOfClient(realm, clientId) + "/scope-mappings/clients/" + ofOwner,
                        Http.JSON.createArrayNode().add(known))
                .ok();
    }

    /** Gives a client a role of its own that has a role of another client in it. */
    public void giveOwnRole(String realm, String clientId, String name, String owner, String role) {
        String roles = "/" + realm + "/clients/" + idOfClient(realm, clientId) + "/roles";
        JsonNode known = get("/" + realm + "/clients/" + idOfClient(realm, owner) + "/roles/" + role);
        call("POST", roles, Http.object().put("name", name)).ok();
        call(
                        "POST",
                        roles + "/" + name + "/composites",
                        Http.JSON.createArrayNode().add(known))
                .ok();
    }

    /** A new organization with one member. */
    public void createOrganization(String realm, String alias, String memberId) {
        ObjectNode organization = Http.object().put("name", alias).put("alias", alias);
        organization.withArrayProperty("domains").addObject().put("name", alias + ".example");
        String id = created(call("POST", "/" + realm + "/organizations", organization));
        call("POST", "/" + realm + "/organizations/" + id + "/members", TextNode.valueOf(memberId))
                .ok();
    }

    public String createScope(String realm, ObjectNode scope) {
        return created(call("POST", "/" + realm + "/client-scopes", scope));
    }

    public void removeScope(String realm, String id) {
        call("DELETE", "/" + realm + "/client-scopes/" + id, null).ok();
    }

    /** As it is now. */
    public ObjectNode scope(String realm, String scope) {
        return (ObjectNode) get("/" + realm + "/client-scopes/" + idOfScope(realm, scope));
    }

    public void updateScope(String realm, String scope, Consumer<ObjectNode> change) {
        update("/" + realm + "/client-scopes/" + idOfScope(realm, scope), change);
    }

    /** Sets the pack's settings of the realm, as the console does it. */
    public void configurePermissions(String realm, String granularity, String... selectableClients) {
        ObjectNode settings = Http.object();
        settings.withObjectProperty("config")
                .put("granularity", granularity)
                .put("selectable-clients", String.join("##", selectableClients))
                .put("account-source", "sandbox");
        call("PUT", "/" + realm + PERMISSIONS_ACTION, settings).ok();
    }

    /** Names the bank's own clients, as the console does it. */
    public void ownClients(String realm, String... clientIds) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("own-clients", String.join("##", clientIds)));
    }

    public void oneTimePermissions(String realm, String... scopes) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("one-time-permissions", String.join("##", scopes)));
    }

    /** Names the attributes by which a login_hint finds customers, as the console does it. */
    public void loginHints(String realm, String... attributes) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("login-hints", String.join("##", attributes)));
    }

    /** Sets whether TPPs are told who is no customer, as the console does it. */
    public void concealCustomers(String realm, boolean conceal) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("conceal-customers", String.valueOf(conceal)));
    }

    /**
     * Names the apps that open the realm's links, as the console does it.
     *
     * @param android {@code package=fingerprint}
     * @param ios an app ID
     */
    public Answer linkedApps(String realm, String android, String ios) {
        ObjectNode settings =
                (ObjectNode) call("GET", "/" + realm + PERMISSIONS_ACTION, null).ok();
        settings.withObjectProperty("config").put("android-apps", android).put("ios-apps", ios);
        return call("PUT", "/" + realm + PERMISSIONS_ACTION, settings);
    }

    /** Lets users have attributes that the realm's user profile does not name. */
    public void allowAttributes(String realm) {
        update("/" + realm + "/users/profile", profile -> profile.put("unmanagedAttributePolicy", "ENABLED"));
    }

    /** Switches the required action of the consent screen on or off. */
    public void consentScreen(String realm, boolean enabled) {
        update(
                "/" + realm + "/authentication/required-actions/consent-permissions",
                action -> action.put("enabled", enabled));
    }

    /**
     * Makes a flow of the browser like the realm's own, in which customers also log in by the bank's app, as the
     * console does it.
     *
     * @param first whether that way stands before the password
     */
    public void addFlowWithApp(String realm, String alias, boolean first) {
        String flows = "/" + realm + "/authentication/flows/";
        call("POST", flows + "browser/copy", Http.object().put("newName", alias))
                .ok();
        call("POST", flows + alias + "/executions/execution", Http.object().put("provider", "consent-app"))
                .ok();
        for (JsonNode execution : get(flows + alias + "/executions")) {
            if (execution.path("providerId").asText().equals("consent-app")) {
                call("PUT", flows + alias + "/executions", ((ObjectNode) execution).put("requirement", "ALTERNATIVE"))
                        .ok();
                if (first) {
                    String id = execution.get("id").asText();
                    call("POST", "/" + realm + "/authentication/executions/" + id + "/raise-priority", null)
                            .ok();
                }
            }
        }
    }

    /**
     * Makes a flow of the browser in which customers log in by the bank's app, and then by their password where the
     * client wants level 1, as the console does it.
     */
    public void addFlowWithAppAndPassword(String realm, String alias) {
        String flows = "/" + realm + "/authentication/flows";
        String password = alias + "-password";
        ObjectNode flow = Http.object()
                .put("alias", alias)
                .put("providerId", "basic-flow")
                .put("topLevel", true);
        call("POST", flows, flow.put("builtIn", false)).ok();
        String executions = flows + "/" + alias + "/executions";
        call("POST", executions + "/execution", Http.object().put("provider", "consent-app"))
                .ok();
        call("POST", executions + "/flow", Http.object().put("alias", password).put("type", "basic-flow"))
                .ok();
        String condition = "conditional-level-of-authentication";
        for (String step : List.of(condition, "auth-password-form")) {
            call(
                            "POST",
                            flows + "/" + password + "/executions/execution",
                            Http.object().put("provider", step))
                    .ok();
        }
        for (JsonNode execution : get(executions)) {
            boolean isFlow = execution.path("authenticationFlow").asBoolean();
            call("PUT", executions, ((ObjectNode) execution).put("requirement", isFlow ? "CONDITIONAL" : "REQUIRED"))
                    .ok();
            if (execution.path("providerId").asText().equals(condition)) {
                ObjectNode config = Http.object().put("alias", alias + "-level");
                config.putObject("config").put("loa-condition-level", "1").put("loa-max-age", "36000");
                String id = execution.get("id").asText();
                call("POST", "/" + realm + "/authentication/executions/" + id + "/config", config)
                        .ok();
            }
        }
    }

    /** Binds a flow of the browser to a client, in place of the realm's. */
    public void bindBrowserFlow(String realm, String clientId, String alias) {
        for (JsonNode flow : get("/" + realm + "/authentication/flows")) {
            if (flow.get("alias").asText().equals(alias)) {
                updateClient(realm, clientId, client -> client.withObjectProperty("authenticationFlowBindingOverrides")
                        .put("browser", flow.get("id").asText()));
                return;
            }
        }
        throw new AssertionError("no flow " + alias);
    }

    /** Sets which customers are offered to answer in the app in place of the consent screen. */
    public void continueInApp(String realm, String setting) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("continue-in-app", setting));
    }

    /** Moves the required action of the consent screen in the list, where lower numbers come first. */
    public void consentScreenAt(String realm, int priority) {
        update(
                "/" + realm + "/authentication/required-actions/consent-permissions",
                action -> action.put("priority", priority));
    }

    /** The realm's required actions, as the console lists them. */
    public JsonNode requiredActions(String realm) {
        return get("/" + realm + "/authentication/required-actions");
    }

    /** Gives a client scope to every client that is made from now on, or no more. */
    public void giveToNewClients(String realm, String scope, boolean give) {
        String path = "/" + realm + "/default-default-client-scopes/" + idOfScope(realm, scope);
        call(give ? "PUT" : "DELETE", path, null).ok();
    }

    /** The realm's settings, as the console reads them. */
    public ObjectNode realm(String realm) {
        return (ObjectNode) get("/" + realm);
    }

    /** The names of the realm's client scopes. */
    public List<String> scopes(String realm) {
        return StreamSupport.stream(get("/" + realm + "/client-scopes").spliterator(), false)
                .map(scope -> scope.get("name").asText())
                .toList();
    }

    /** Demands a profile of every client of the realm, by a client policy. */
    public void demandOfEveryClient(String realm, String profile) {
        ObjectNode policies = Http.object();
        ObjectNode policy = policies.withArrayProperty("policies").addObject();
        policy.put("name", "all").put("enabled", true);
        policy.withArrayProperty("conditions")
                .addObject()
                .put("condition", "any-client")
                .putObject("configuration");
        policy.withArrayProperty("profiles").add(profile);
        call("PUT", "/" + realm + "/client-policies/policies", policies).ok();
    }

    /** Refuses all requests with a client scope, by a client policy beside those that there are. */
    public void refuseScope(String realm, String scope) {
        update("/" + realm + "/client-policies/profiles", profiles -> profiles.withArrayProperty("profiles")
                .addObject()
                .put("name", "refused")
                .withArrayProperty("executors")
                .addObject()
                .put("executor", "reject-request")
                .putObject("configuration"));
        update("/" + realm + "/client-policies/policies", policies -> {
            ObjectNode policy =
                    policies.withArrayProperty("policies").addObject().put("name", scope);
            policy.put("enabled", true).withArrayProperty("profiles").add("refused");
            policy.withArrayProperty("conditions")
                    .addObject()
                    .put("condition", "client-scopes")
                    .putObject("configuration")
                    .put("type", "Optional")
                    .putArray("scopes")
                    .add(scope);
        });
    }

    /**
     * Sets the bank's rules for every client of the realm, by a client profile of its own; lets clients ask freely, and
     * customers answer unsigned, unless these rules say otherwise.
     */
    public Answer consentRules(String realm, Map<String, String> rules) {
        ObjectNode profiles = Http.object();
        ObjectNode profile = profiles.withArrayProperty("profiles").addObject().put("name", "consents");
        ObjectNode executor = profile.withArrayProperty("executors").addObject().put("executor", "consent-rules");
        ObjectNode configuration = executor.putObject("configuration");
        RealmFile.UNSIGNED.forEach(configuration::put);
        rules.forEach(configuration::put);
        return call("PUT", "/" + realm + "/client-policies/profiles", profiles);
    }

    /** Sets whether the consent screen asks for what was granted before, as the console does it. */
    public void askAgain(String realm, boolean askAgain) {
        update("/" + realm + PERMISSIONS_ACTION, settings -> settings.withObjectProperty("config")
                .put("ask-again", String.valueOf(askAgain)));
    }

    /** Writes a message in place of the theme's, as the console's <em>Localization</em> tab does it. */
    public void overrideMessage(String realm, String locale, String key, String message) {
        Http.send(authorized("/" + realm + "/localization/" + locale + "/" + key)
                        .header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofString(message)))
                .ok();
    }

    public void removeMessageOverride(String realm, String locale, String key) {
        call("DELETE", "/" + realm + "/localization/" + locale + "/" + key, null)
                .ok();
    }

    /** Adds an identity provider, as the console does it. */
    public Answer addIdentityProvider(String realm, ObjectNode provider) {
        return call("POST", "/" + realm + "/identity-provider/instances", provider);
    }

    public void updateIdentityProvider(String realm, String alias, Consumer<ObjectNode> change) {
        update("/" + realm + "/identity-provider/instances/" + alias, change);
    }

    /** Wants to change an identity provider, which may be refused. */
    public Answer changeIdentityProvider(String realm, String alias, Consumer<ObjectNode> change) {
        String path = "/" + realm + "/identity-provider/instances/" + alias;
        ObjectNode provider = (ObjectNode) get(path);
        change.accept(provider);
        return call("PUT", path, provider);
    }

    /** Writes over an identity provider, as the console does it below <em>Partial import</em>. */
    public void importIdentityProvider(String realm, ObjectNode provider) {
        ObjectNode partial = Http.object().put("ifResourceExists", "OVERWRITE");
        partial.putArray("identityProviders").add(provider);
        call("POST", "/" + realm + "/partialImport", partial).ok();
    }

    /** The id of an identity provider that no alias tells. */
    public String idOfIdentityProvider(String realm, String alias) {
        return get("/" + realm + "/identity-provider/instances/" + alias)
                .get("internalId")
                .asText();
    }

    public void removeIdentityProvider(String realm, String alias) {
        call("DELETE", "/" + realm + "/identity-provider/instances/" + alias, null)
                .ok();
    }

    /** The aliases of the identity providers to which a user's account is linked. */
    public List<String> links(String realm, String userId) {
        return get("/" + realm + "/users/" + userId + "/federated-identity").findValuesAsText("identityProvider");
    }

    /** Breaks a link, as staff does it in the console. */
    public void unlink(String realm, String userId, String alias) {
        call("DELETE", "/" + realm + "/users/" + userId + "/federated-identity/" + alias, null)
                .ok();
    }

    private String assigned(String realm, String clientId, String scope, String assignment) {
        return "/" + realm + "/clients/" + idOfClient(realm, clientId) + "/" + assignment + "-client-scopes/"
                + idOfScope(realm, scope);
    }

    private String idOfClient(String realm, String clientId) {
        return client(realm, clientId).get("id").asText();
    }

    public String idOfScope(String realm, String name) {
        for (JsonNode scope : get("/" + realm + "/client-scopes")) {
            if (scope.get("name").asText().equals(name)) {
                return scope.get("id").asText();
            }
        }
        throw new AssertionError("no client scope " + name);
    }

    private void update(String path, Consumer<ObjectNode> change) {
        ObjectNode representation = (ObjectNode) get(path);
        change.accept(representation);
        call("PUT", path, representation).ok();
    }

    private JsonNode get(String path) {
        return call("GET", path, null).ok();
    }

    private Callable<Answer> removal(String path) {
        HttpRequest.Builder removal = authorized(path).DELETE();
        return () -> Http.send(removal);
    }

    private Answer call(String method, String path, JsonNode body) {
        return Http.send(authorized(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body == null ? "" : body.toString())));
    }

    private HttpRequest.Builder authorized(String path) {
        return Http.request(uri(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token());
    }

    /** The same for half of the time for which it is good: a login costs the server more than most calls. */
    private String token() {
        return TOKENS.compute(server, (any, known) -> known != null && known.isFresh() ? known : AdminToken.of(logIn()))
                .value();
    }

    private Answer logIn() {
        return Http.send(Http.form(
                server.uri("/realms/master/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        Server.ADMIN,
                        "password",
                        Server.ADMIN)));
    }

    /**
     * An access token of the first admin.
     *
     * @param until when to get another one
     */
    private record AdminToken(String value, Instant until) {

        static AdminToken of(Answer answer) {
            JsonNode tokens = answer.ok();
            return new AdminToken(
                    tokens.get("access_token").asText(),
                    Instant.now().plusSeconds(tokens.get("expires_in").asLong() / 2));
        }

        boolean isFresh() {
            return Instant.now().isBefore(until);
        }
    }

    private URI uri(String path) {
        return server.uri("/admin/realms" + path);
    }

    private static String created(Answer answer) {
        answer.ok();
        String location = answer.header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
