package io.assent.testing.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The dev realm as it is shipped, or a variation of it. */
public final class RealmFile {

    /** The {@code client_id} of the bank's API, see {@link #withApi}. */
    static final String API = "bank-api";

    private static final Path SHIPPED = Path.of(System.getProperty("assent.realm", "../realm-config/bank-realm.json"));

    /** The widest rules that there are for who asks. */
    static final Map<String, String> FREELY = Map.of(
            "pending-requests-for-customer", "1000",
            "pending-requests-of-all-clients", "1000",
            "pause-after", "1000",
            "requests-per-minute", "100000");

    /** The same, where an app that can't sign approves payments, too. */
    static final Map<String, String> UNSIGNED = unsigned();

    private final ObjectNode realm;

    private RealmFile(ObjectNode realm) {
        this.realm = realm;
    }

    /** A port of the sandbox's partner, for which an import from a file looks into the environment. */
    private static final Pattern PORT = Pattern.compile("\\$\\{(?:SANDBOX|PARTNER)_PORT:([0-9]+)}");

    public static RealmFile shipped() {
        return read(SHIPPED);
    }

    /** A realm as the console's <em>Create realm</em> makes it. */
    public static RealmFile empty(String name) {
        return new RealmFile(Http.object().put("realm", name).put("enabled", true));
    }

    /** What a bank starts its own realm from. */
    public static RealmFile template() {
        return read(SHIPPED.resolveSibling("realm-template.json"));
    }

    /** The realm for FAPI as it is shipped. */
    public static RealmFile fapi() {
        return read(SHIPPED.resolveSibling("fapi-realm.json"));
    }

    /** The sandbox's partner as it is shipped. */
    public static RealmFile partner() {
        return read(SHIPPED.resolveSibling("nova-realm.json"));
    }

    private static RealmFile read(Path file) {
        try {
            return new RealmFile(Http.parse(PORT.matcher(Files.readString(file)).replaceAll("$1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same under another name. */
    public RealmFile named(String name) {
        String old = name();
        // the id of a flow is one on the whole server, and has the length of a UUID
        String flow = UUID.randomUUID().toString();
        String renamed = realm.toString()
                .replace("default-roles-" + old, "default-roles-" + name)
                .replace("\"" + appFlow() + "\"", "\"" + flow + "\"")
                .replace("/realms/" + old + "/", "/realms/" + name + "/");
        ObjectNode copy = Http.parse(renamed).put("realm", name);
        if (RealmKeys.areIn(copy)) {
            RealmKeys.putInto(copy);
        }
        return new RealmFile(copy);
    }

    /** The same, where this realm stands in for one that it names as it is shipped, on its own machine. */
    public RealmFile with(Realm other, String shipped) {
        String there = "http://(localhost|127\\.0\\.0\\.1):8080/realms/" + shipped + "(?=[/\"])";
        return new RealmFile(
                Http.parse(realm.toString().replaceAll(there, other.uri("").toString())));
    }

    /** Its keys are there already, and are others under each name. */
    public RealmFile withKeys() {
        return with(RealmKeys::putInto);
    }

    private String appFlow() {
        for (JsonNode flow : realm.path("authenticationFlows")) {
            if (flow.path("alias").asText().equals("app")) {
                return flow.get("id").asText();
            }
        }
        return "no flow";
    }

    /** Accounts are locked for long after three wrong passwords. */
    public RealmFile lockingAfterThree() {
        return with(copy -> copy.put("bruteForceProtected", true)
                .put("failureFactor", 3)
                .put("waitIncrementSeconds", 900)
                .put("maxFailureWaitSeconds", 900)
                .put("minimumQuickLoginWaitSeconds", 900));
    }

    /** A login to the app lasts as long as any test, on whatever machine. */
    public RealmFile withLongTokens() {
        return with(copy -> copy.put("accessTokenLifespan", 3_600).put("ssoSessionIdleTimeout", 7_200));
    }

    /** Passwords are hashed as cheaply as can be: many customers log in, and nobody tries to guess. */
    public RealmFile hashingCheaply() {
        return with(copy -> copy.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)"));
    }

    public RealmFile keepingAdminEvents() {
        return with(copy -> copy.put("adminEventsEnabled", true));
    }

    public RealmFile expiringAfter(int seconds) {
        return attribute("cibaExpiresIn", seconds);
    }

    public RealmFile polledEvery(int seconds) {
        return attribute("cibaInterval", seconds);
    }

    /** Names more clients for which customers may grant a part. */
    public RealmFile selectable(Collection<String> clientIds) {
        return with(copy -> {
            for (JsonNode action : copy.get("requiredActions")) {
                if (action.get("alias").asText().equals("consent-permissions")) {
                    ObjectNode config = (ObjectNode) action.get("config");
                    String named = config.get("selectable-clients").asText();
                    config.put("selectable-clients", named + "##" + String.join("##", clientIds));
                }
            }
        });
    }

    /**
     * Every permission puts a claim of its own into access tokens, ID tokens and the userinfo, so that a test can see
     * there what was granted; {@link Tokens#grantedByClaims} reads them.
     */
    public RealmFile withAClaimPerPermission() {
        return with(copy -> permissions(copy).forEach(scope -> addMapper(scope, "oidc-hardcoded-claim-mapper")
                .put(
                        "claim.name",
                        Tokens.CLAIM_PREFIX + scope.get("name").asText().replace(".", "\\."))
                .put("claim.value", "true")
                .put("jsonType.label", "boolean")
                .put("access.token.claim", "true")
                .put("id.token.claim", "true")
                .put("introspection.token.claim", "true")
                .put("userinfo.token.claim", "true")));
    }

    /** With a client for the bank's API, which permissions name as their audience and which may introspect tokens. */
    public RealmFile withApi() {
        return with(copy -> {
            copy.withArrayProperty("clients")
                    .addObject()
                    .put("clientId", API)
                    .put("secret", API + "-secret")
                    .put("standardFlowEnabled", false);
            permissions(copy).forEach(scope -> addMapper(scope, "oidc-audience-mapper")
                    .put("included.client.audience", API)
                    .put("access.token.claim", "true")
                    .put("lightweight.claim", "true")
                    .put("introspection.token.claim", "true"));
        });
    }

    /** Clients may ask as often as a test likes, and no answer has to be signed: that is a subject of its own. */
    public RealmFile askingFreely() {
        return asking(UNSIGNED);
    }

    /** Clients may ask as often as a test likes, and customers sign what the pack wants signed where no rule is set. */
    public RealmFile signing() {
        return asking(FREELY);
    }

    /** With these of the bank's rules for every client, and no others. */
    public RealmFile asking(Map<String, String> rules) {
        return with(copy -> {
            ObjectNode profile = copy.putObject("clientProfiles")
                    .putArray("profiles")
                    .addObject()
                    .put("name", "asking");
            ObjectNode configuration = profile.putArray("executors")
                    .addObject()
                    .put("executor", "consent-rules")
                    .putObject("configuration");
            rules.forEach(configuration::put);
            ObjectNode policy = copy.putObject("clientPolicies")
                    .putArray("policies")
                    .addObject()
                    .put("name", "asking")
                    .put("enabled", true);
            policy.putArray("conditions")
                    .addObject()
                    .put("condition", "any-client")
                    .putObject("configuration");
            policy.putArray("profiles").add("asking");
        });
    }

    /** As a version can import it that has no rules and no partners. */
    public RealmFile forAnOlderVersion() {
        return with(copy -> {
            copy.remove(List.of("clientProfiles", "clientPolicies", "identityProviders"));
            Iterator<JsonNode> actions = copy.get("requiredActions").iterator();
            while (actions.hasNext()) {
                if (actions.next().get("alias").asText().equals("consent-partner")) {
                    actions.remove();
                }
            }
        });
    }

    /** Clients may use these types of authorization details, and accounts come from a source. */
    public RealmFile withDetails(String accountSource, List<String> types, String... clientIds) {
        return with(copy -> {
            for (JsonNode action : copy.get("requiredActions")) {
                if (action.get("alias").asText().equals("consent-permissions")) {
                    ((ObjectNode) action.get("config")).put("account-source", accountSource);
                }
            }
            for (JsonNode client : copy.get("clients")) {
                if (List.of(clientIds).contains(client.get("clientId").asText())) {
                    ((ObjectNode) client)
                            .withObjectProperty("attributes")
                            .put("authorization_details_types", String.join(" ", types));
                }
            }
        });
    }

    public RealmFile withoutSandbox() {
        return with(copy -> copy.withObjectProperty("attributes").remove("sandbox.enabled"));
    }

    public RealmFile with(Consumer<ObjectNode> change) {
        ObjectNode copy = realm.deepCopy();
        change.accept(copy);
        return new RealmFile(copy);
    }

    public String name() {
        return realm.get("realm").asText();
    }

    /** As the admin API takes it, which knows no placeholders for the environment: with their defaults. */
    public ObjectNode json() {
        return Http.parse(realm.toString().replaceAll("\\$\\{KC_[A-Z_]+:([^}]*)}", "$1"));
    }

    public void writeTo(Path directory) {
        try {
            Files.createDirectories(directory);
            Http.JSON.writeValue(directory.resolve(name() + "-realm.json").toFile(), realm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> unsigned() {
        Map<String, String> rules = new HashMap<>(FREELY);
        rules.put("decision-signature", "none");
        return Map.copyOf(rules);
    }

    private RealmFile attribute(String name, int value) {
        return with(copy -> copy.withObjectProperty("attributes").put(name, String.valueOf(value)));
    }

    private static List<ObjectNode> permissions(ObjectNode realm) {
        return StreamSupport.stream(realm.get("clientScopes").spliterator(), false)
                .filter(scope ->
                        scope.at("/attributes/display.on.consent.screen").asBoolean())
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** Adds a protocol mapper, and returns its configuration. */
    private static ObjectNode addMapper(ObjectNode scope, String kind) {
        return scope.withArrayProperty("protocolMappers")
                .addObject()
                .put("name", kind)
                .put("protocol", "openid-connect")
                .put("protocolMapper", kind)
                .putObject("config");
    }
}
