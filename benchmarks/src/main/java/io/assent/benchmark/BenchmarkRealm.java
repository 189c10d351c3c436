package io.assent.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.benchmark.server.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The dev realm, as every side can import it: with nothing in it that only the pack has. */
final class BenchmarkRealm {

    static final String NAME = "bank";

    private static final List<String> ONLY_WITH_THE_PACK = List.of(
            "requiredActions", "loginTheme", "accountTheme", "clientProfiles", "clientPolicies", "identityProviders");

    /** Requests outlive their round, and what is left of them does not stay in memory for the whole run. */
    private static final String EXPIRES_IN = "240";

    private static final String CUSTOMER = "customer-";

    /**
     * The condition for requests that this round asked and nobody answered. By an index: a look through all the history
     * would be measured along, and push what the server reads out of the database's memory.
     */
    static final String PENDING = "status = 'PENDING' AND realm_id = (SELECT id FROM realm WHERE name = '" + NAME + "')"
            + " AND created_at > (extract(epoch FROM now()) * 1000)::bigint - 300000";

    static String username(int customer) {
        return CUSTOMER + customer;
    }

    /** The ids of those requests, by their binding messages. */
    static Map<String, String> pendingByMessage(Database database) {
        return database.pairs(
                "SELECT binding_message, id FROM consent_request WHERE binding_message IS NOT NULL AND " + PENDING);
    }

    /** Takes the consents of those away who are measured; the history's stay. */
    static void forgetConsents(Database database) {
        forget(database, "consent", "");
    }

    /** Takes away what they answered in this hour, in which a bank's customer answers once or twice. */
    static void forgetAnswers(Database database) {
        forget(
                database,
                "consent_request",
                " AND theirs.status <> 'PENDING'"
                        + " AND theirs.created_at > (extract(epoch FROM now()) * 1000)::bigint - 3600000");
    }

    /** @param condition of those who are measured, which rows alone */
    private static void forget(Database database, String table, String condition) {
        database.execute(
                "DELETE FROM " + table + " theirs USING user_entity customer WHERE theirs.realm_id = customer.realm_id"
                        + " AND theirs.user_id = customer.id AND customer.username LIKE ?" + condition,
                CUSTOMER + '%');
    }

    /** @param shipped the dev realm's file */
    static String json(Path shipped, int customers) {
        try {
            ObjectNode realm = (ObjectNode) new ObjectMapper().readTree(shipped.toFile());
            realm.remove(ONLY_WITH_THE_PACK);
            // the app's tokens last for the whole run
            realm.put("accessTokenLifespan", 7200).put("ssoSessionIdleTimeout", 7200);
            realm.withObjectProperty("attributes")
                    .put("cibaExpiresIn", EXPIRES_IN)
                    .put("cibaInterval", "1");
            // a login by password costs (b) next to nothing
            realm.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
            realm.putArray("users");
            for (int customer = 0; customer < customers; customer++) {
                String username = username(customer);
                ObjectNode user = realm.withArrayProperty("users")
                        .addObject()
                        .put("username", username)
                        .put("firstName", "Customer")
                        .put("lastName", String.valueOf(customer))
                        .put("email", username + "@example.com")
                        .put("enabled", true)
                        .put("emailVerified", true);
                user.putArray("credentials").addObject().put("type", "password").put("value", username);
                user.putArray("realmRoles").add("default-roles-" + NAME);
            }
            return realm.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a bank sets the pack up, but that a customer is asked more often here than a client could ask. */
    static void setUpPack(Database database) {
        database.execute(
                "UPDATE realm SET login_theme = 'permissions', browser_flow = (SELECT flow.id FROM authentication_flow flow"
                        + " WHERE flow.realm_id = realm.id AND flow.alias = 'app') WHERE name = ?",
                NAME);
        database.execute(
                "INSERT INTO required_action_provider"
                        + " (id, alias, name, realm_id, enabled, default_action, provider_id, priority)"
                        + " SELECT gen_random_uuid()::text, action, action, id, true, false, action, 10"
                        + " FROM realm CROSS JOIN (SELECT 'consent-permissions' AS action) pack WHERE realm.name = ?",
                NAME);
        haveAPolicy(database, """
                {"executor":"consent-rules","configuration":{
                "pending-requests-for-customer":"1000","pending-requests-of-all-clients":"1000",
                "pause-after":"1000","requests-per-minute":"100000"}}""");
    }

    /**
     * A policy that decides nothing here. Any bank in open banking has one, and Keycloak reads it at each call: else a
     * side without rules would be spared that.
     */
    static void haveAPolicy(Database database) {
        haveAPolicy(database, """
                {"executor":"full-scope-disabled","configuration":{"auto-configure":"false"}}""");
    }

    private static void haveAPolicy(Database database, String executor) {
        set(database, "client-policies.profiles", """
                {"profiles":[{"name":"benchmark","executors":[%s]}]}""".formatted(executor));
        set(database, "client-policies.policies", """
                {"policies":[{"name":"benchmark","enabled":true,"profiles":["benchmark"],
                "conditions":[{"condition":"any-client","configuration":{}}]}]}""");
    }

    private static void set(Database database, String attribute, String value) {
        database.execute("DELETE FROM realm_attribute WHERE name = ?", attribute);
        database.execute(
                "INSERT INTO realm_attribute (name, value, realm_id) SELECT ?, ?, id FROM realm WHERE name = ?",
                attribute,
                value,
                NAME);
    }

    private BenchmarkRealm() {}
}
