package io.assent.it.partner;

import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Server;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** A bank and its partner, each a realm of its own: each is the other's client. */
record TwoRealms(Realm bank, Realm harvest) implements AutoCloseable {

    static final String GOALS = "goals";
    static final String POTS = "pots";
    static final String ALIAS = "harvest";

    /** The bank at the partner. */
    private static final String BANK = "example-bank";

    private static final String SERVICE = "savings-service";

    private static final Duration DELIVERY = Duration.ofSeconds(30);

    static TwoRealms open(String name) {
        Server server = Servers.bank(Database.POSTGRESQL).server();
        Admin admin = server.admin();
        admin.createRealm(Servers.realmFile().named(name));
        Realm bank = server.realm(name);
        admin.createRealm(RealmFile.empty(name + "-harvest"));
        Realm harvest = server.realm(name + "-harvest");
        admin.updateRealm(harvest.name(), realm -> realm.put("eventsEnabled", true));
        for (String scope : List.of(GOALS, POTS)) {
            admin.createScope(
                    harvest.name(),
                    Http.object()
                            .put("name", scope)
                            .put("protocol", "openid-connect")
                            .set("attributes", Http.object().put("include.in.token.scope", "true")));
        }
        admin.createClient(harvest.name(), bankAtHarvest(bank));
        admin.addIdentityProvider(name, provider(harvest)).ok();
        admin.overrideMessage(name, "en", "partner.harvest.goals", "Your savings goals");
        admin.overrideMessage(name, "en", "partner.harvest.goals.detail", "Names, amounts and dates");
        admin.overrideMessage(name, "en", "partner.harvest.pots", "The balance of your pots");
        admin.createClient(
                name,
                Http.object()
                        .put("clientId", SERVICE)
                        .put("secret", SERVICE + "-secret")
                        .put("serviceAccountsEnabled", true)
                        .put("standardFlowEnabled", false));
        admin.giveRole(name, admin.userId(name, "service-account-" + SERVICE), "broker", "read-token");
        return new TwoRealms(bank, harvest);
    }

    private static ObjectNode bankAtHarvest(Realm bank) {
        ObjectNode client = Http.object()
                .put("clientId", BANK)
                .put("secret", BANK + "-secret")
                .put("consentRequired", false)
                .put("directAccessGrantsEnabled", false);
        client.putArray("redirectUris")
                .add(bank.uri("/broker/" + ALIAS + "/endpoint").toString());
        client.putArray("defaultClientScopes").add("basic");
        client.putArray("optionalClientScopes").add(GOALS).add(POTS);
        return client;
    }

    static ObjectNode provider(Realm harvest) {
        ObjectNode provider = Http.object()
                .put("alias", ALIAS)
                .put("displayName", "Harvest")
                .put("providerId", "partner-oidc")
                .put("enabled", true)
                .put("linkOnly", true)
                .put("storeToken", true);
        provider.putObject("config")
                .put("issuer", harvest.uri("").toString())
                .put(
                        "authorizationUrl",
                        harvest.uri("/protocol/openid-connect/auth").toString())
                .put("tokenUrl", harvest.tokenEndpoint().toString())
                .put("jwksUrl", harvest.uri("/protocol/openid-connect/certs").toString())
                .put("useJwksUrl", "true")
                .put("validateSignature", "true")
                .put("disableUserInfo", "true")
                .put("clientId", BANK)
                .put("clientSecret", BANK + "-secret")
                .put("clientAuthMethod", "client_secret_basic")
                .put("pkceEnabled", "true")
                .put("pkceMethod", "S256")
                .put("defaultScope", "openid")
                .put("partnerClient", ACME)
                .put("partnerScopes", GOALS + " " + POTS)
                .put(
                        "partnerRevocationUrl",
                        harvest.uri("/protocol/openid-connect/revoke").toString());
        return provider;
    }

    Admin admin() {
        return bank.admin();
    }

    Tpp acme() {
        return bank.tpp(ACME);
    }

    /** Changes a setting of the partner. */
    void set(String setting, String value) {
        admin().updateIdentityProvider(bank.name(), ALIAS, provider -> provider.withObjectProperty("config")
                .put(setting, value));
    }

    CodeFlow flow(String... scopes) {
        return new CodeFlow(acme(), CodeFlow.BACK, scopes);
    }

    /** Approves with these permissions, and these scopes of the other way round. */
    WebPage approve(WebClient browser, WebPage page, List<String> permissions, String... scopes) {
        Map<String, List<String>> fields = new LinkedHashMap<>(page.fields());
        List<String> all = new ArrayList<>(fields.getOrDefault("permission", List.of()));
        all.addAll(permissions);
        fields.put("permission", all);
        fields.put("partner", List.of(scopes));
        fields.put("decision", List.of("approve"));
        return browser.send(page.action(), fields);
    }

    /** What a page says that stands where nothing came of it. */
    static String why(WebPage page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("button[name=partner-answer]").eachAttr("value"))
                .as(page.uri() + page.html().text())
                .containsExactly("without", "again");
        return page.html().select("[role=alert]").text();
    }

    WebPage answer(WebClient browser, WebPage page, String answer) {
        return browser.send(page.action(), Map.of("partner-answer", List.of(answer)));
    }

    /** The one thing that the bank sees. */
    JsonNode onlyConnection(BankApp app) {
        List<JsonNode> connected = new ArrayList<>();
        app.partners().ok().get("partners").forEach(partner -> {
            if (partner.get("status").asText().equals("connected")) {
                connected.add(partner);
            }
        });
        assertThat(connected).hasSize(1);
        return connected.get(0);
    }

    Answer token(String id) {
        return call("POST", "/partner-tokens/{id}", "/partner-tokens/" + id, serviceToken());
    }

    Answer connections(String sub) {
        return call("GET", "/partner-tokens", "/partner-tokens?sub=" + sub, serviceToken());
    }

    Answer call(String method, String operation, String path, String token) {
        return new BankApp(bank, token).whereTheServerMayFail().call(method, operation, path);
    }

    private String serviceToken() {
        return bank.tpp(SERVICE).ownToken();
    }

    /** One that the partner takes, as the bank's service gets it. */
    String activeToken(String id) {
        String token = token(id).ok().get("access_token").asText();
        assertThat(isActive(token)).isTrue();
        return token;
    }

    /**
     * The bank has the token revoked, and the partner takes it no more. Nobody calls the partner by it before: where
     * that happens at the very moment, Keycloak 26.7.4 may answer 200 to the revocation, and take the token for ever.
     */
    void assertRevoked(String accessToken) {
        String login = Tokens.claims(accessToken).get("sid").asText();
        Eventually.within(DELIVERY, "the token revoked at the partner", () -> {
            JsonNode events = admin().clientEvents(harvest.name(), BANK);
            return StreamSupport.stream(events.spliterator(), false)
                    .filter(event -> event.path("sessionId").asText().equals(login))
                    .anyMatch(event -> event.get("type").asText().equals("REVOKE_GRANT"));
        });
        assertThat(isActive(accessToken)).isFalse();
    }

    /** Whether the partner takes a token. */
    boolean isActive(String accessToken) {
        Answer userinfo = Http.send(Http.request(harvest.uri("/protocol/openid-connect/userinfo"))
                .header("Authorization", "Bearer " + accessToken));
        return userinfo.status() == 200;
    }

    /** The partner's tokens are old at once meanwhile. */
    void withShortTokens(Runnable steps) {
        admin().updateRealm(harvest.name(), realm -> realm.put("accessTokenLifespan", 2));
        try {
            steps.run();
        } finally {
            admin().updateRealm(harvest.name(), realm -> realm.put("accessTokenLifespan", 300));
        }
    }

    /** The partner gives no tokens meanwhile. */
    <T> T whileThePartnerIsDown(Supplier<T> steps) {
        set("tokenUrl", nowhere().toString());
        try {
            return steps.get();
        } finally {
            set("tokenUrl", harvest.tokenEndpoint().toString());
        }
    }

    /** How many rows of the bank a table has. */
    long rows(String table, String condition) {
        return Postgres.count(
                database(), table, "realm_id = '%s' and %s".formatted(admin().realmId(bank.name()), condition));
    }

    static String database() {
        return Servers.shared(Database.POSTGRESQL).databaseName();
    }

    /** No change of a link of the bank can be committed meanwhile. */
    void whileNoLinkIsCommitted(Runnable steps) {
        Postgres.execute(database(), """
                CREATE FUNCTION refuse_link() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no link is committed'; END $$""");
        Postgres.execute(database(), """
                CREATE CONSTRAINT TRIGGER refuse_link AFTER INSERT OR UPDATE ON federated_identity
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.realm_id = '%s')
                EXECUTE FUNCTION refuse_link()""".formatted(admin().realmId(bank.name())));
        try {
            steps.run();
        } finally {
            Postgres.execute(database(), "DROP TRIGGER refuse_link ON federated_identity");
            Postgres.execute(database(), "DROP FUNCTION refuse_link");
        }
    }

    /** Where nothing answers. */
    static URI nowhere() {
        return URI.create("http://127.0.0.1:" + Ports.free() + "/");
    }

    Tokens tokens(CodeFlow flow, WebPage back) {
        assertThat(back.left()).as(back.uri() + " " + back.body()).isTrue();
        return flow.tokens(back.uri());
    }

    @Override
    public void close() {
        admin().removeRealm(bank.name());
        admin().removeRealm(harvest.name());
    }
}
