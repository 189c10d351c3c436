package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Server;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A realm of its own whose permissions change, with somebody who changes them. */
record ChangingBank(Realm realm, Staff staff) {

    static final String LOANS = "loans.basic";
    static final String AMOUNTS = "loans.amounts";
    static final String TERMS = "loans.terms";
    static final String WHOLE = "loans.whole";
    static final String RATES = "loans.rates";
    static final List<String> ALL = List.of(LOANS, AMOUNTS, TERMS, WHOLE, RATES);

    /** Of the sweep, and time for a busy machine. */
    private static final Duration WALK = Duration.ofSeconds(90);

    static ChangingBank open(String name) {
        return open(Servers.bank(Database.POSTGRESQL).server(), name);
    }

    static ChangingBank open(Server server, String name) {
        server.admin().createRealm(Servers.realmFile().keepingAdminEvents().named(name));
        ALL.forEach(permission -> server.admin().createScope(name, permission(permission)));
        Realm realm = server.realm(name);
        return new ChangingBank(realm, Staff.of(realm, "manage-realm", "manage-clients", "view-users"));
    }

    Admin admin() {
        return realm.admin();
    }

    void close() {
        admin().removeRealm(realm.name());
    }

    static ObjectNode permission(String name) {
        ObjectNode scope = Http.object().put("name", name).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("include.in.token.scope", "true")
                .put("consent.screen.text", "Words for " + name);
        // as the realm's own ones have it
        scope.putArray("protocolMappers")
                .addObject()
                .put("name", "audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .putObject("config")
                .put("included.client.audience", "bank-api")
                .put("access.token.claim", "true")
                .put("lightweight.claim", "true")
                .put("introspection.token.claim", "true");
        return scope;
    }

    Tpp newTpp(List<String> permissions) {
        return realm.newTpp(ACME, client -> permissions.forEach(client.withArrayProperty("optionalClientScopes")::add));
    }

    /** Asks by CIBA, and the customer grants all. */
    static Tokens tokens(Tpp tpp, Customer customer, BankApp app, String... scopes) {
        Asked asked = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(asked));
    }

    static ObjectNode change(String id, String kind, List<String> from, String... to) {
        ObjectNode change = Http.object().put("id", id).put("change", kind).put("windowDays", 30);
        ArrayNode names = change.putArray("from");
        from.forEach(names::add);
        ArrayNode become = change.putArray("to");
        Stream.of(to).forEach(become::add);
        return change;
    }

    static ObjectNode changes(int version, ObjectNode... changes) {
        ObjectNode document = Http.object().put("version", version);
        ArrayNode all = document.putArray("changes");
        Stream.of(changes).forEach(all::add);
        return document;
    }

    /**
     * What a dry run counts in all its steps.
     *
     * @param max how many consents a step looks at
     * @param steps fewer than so many
     */
    static Map<String, Integer> dryRun(Staff staff, int max, int steps, ObjectNode document) {
        Map<String, Integer> sums = new TreeMap<>();
        String query = "?max=" + max;
        for (int step = 0; query != null; step++) {
            assertThat(step).isLessThan(steps);
            JsonNode counted = staff.tryChanges(document, query).ok();
            counted.properties().stream()
                    .filter(field -> field.getValue().isInt())
                    .forEach(
                            field -> sums.merge(field.getKey(), field.getValue().asInt(), Integer::sum));
            query = counted.get("next").isNull()
                    ? null
                    : "?max=" + max + "&after=" + counted.get("next").asText();
        }
        return sums;
    }

    static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    static Set<String> permissions(JsonNode consent) {
        return new TreeSet<>(consent.findValuesAsText("scope"));
    }

    /** What a token carries of the permissions. */
    static Set<String> carried(Tokens tokens) {
        Set<String> carried = new TreeSet<>(tokens.accessTokenScope());
        carried.removeIf(name -> !name.contains("."));
        return carried;
    }

    void awaitWalk() {
        Eventually.within(
                WALK,
                "the walk over all consents",
                () -> staff.changes().ok().at("/followed/done").asBoolean());
    }
}
