package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.ACME;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.http.Patience;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A realm of a test's own, and who of its staff sets where its events go. */
record EventBank(Realm realm, Staff staff) {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String NAME = "fraud-desk";

    static EventBank on(Keycloak server) {
        return on(server, file -> file);
    }

    static EventBank on(Keycloak server, UnaryOperator<RealmFile> change) {
        String name = "events-" + UUID.randomUUID().toString().substring(0, 8);
        server.admin()
                .createRealm(change.apply(Servers.realmFile()
                                .polledEvery(1)
                                .keepingAdminEvents()
                                .with(realm -> realm.put("adminEventsDetailsEnabled", true)))
                        .named(name));
        return of(server.realm(name));
    }

    /** A realm that is there already. */
    static EventBank of(Realm realm) {
        return new EventBank(realm, Staff.of(realm, "manage-realm"));
    }

    /** Sends events there from now on. */
    EventBank tells(URI uri) {
        put(NAME, webhook(uri)).ok();
        return this;
    }

    static ObjectNode webhook(URI uri) {
        ObjectNode body = Http.object().put("type", "webhook").put("enabled", true);
        body.putObject("settings").put("url", uri.toString()).put("secret", SECRET);
        return body;
    }

    Answer put(String name, JsonNode body) {
        return staff.call("PUT", "/consents/destinations/{name}", "/destinations/" + name, body.toString());
    }

    Answer remove(String name) {
        return staff.call("DELETE", "/consents/destinations/{name}", "/destinations/" + name, null);
    }

    /** Once there is room: a server tries few at once. */
    Answer test(String name) {
        return Patience.with(() -> testNow(name));
    }

    Answer testNow(String name) {
        return staff.call("POST", "/consents/destinations/{name}/test", "/destinations/" + name + "/test", null);
    }

    JsonNode destination() {
        return staff.call("GET", "/consents/destinations/{name}", "/destinations/" + NAME, null)
                .ok();
    }

    Answer dead(String query) {
        return staff.call("GET", "/consents/events/dead", "/events/dead" + query, null);
    }

    Answer resend(String id) {
        return staff.call("POST", "/consents/events/{id}/resend", "/events/" + id + "/resend", null);
    }

    /** Has so many events wait for a destination, each of a subject of its own, and all due since long. */
    void keepWaiting(Keycloak server, String name, int events) {
        Postgres.execute(server.databaseName(), """
                CREATE TEMPORARY TABLE waiting AS
                SELECT c.id AS destination, c.realm_id AS realm, gen_random_uuid()::text AS id,
                    'requests/' || gen_random_uuid() AS subject
                FROM component c, generate_series(1, %1$d)
                WHERE c.%2$s AND c.name = '%3$s';
                INSERT INTO consent_cloud_event (id, realm_id, destination_id, subject, sequence_number, content,
                    state, created_at, expires_at, kept_until)
                SELECT id, realm, destination, subject, 1,
                    '{"specversion":"1.0","id":"' || id || '","source":"/realms/bank","type":"io.assent.request.asked",'
                    || '"subject":"' || subject || '","time":"2026-11-27T09:00:00Z","sequence":"0000000001","data":{}}',
                    'WAITING', %4$d, %5$d, %5$d
                FROM waiting;
                INSERT INTO consent_outbox (id, kind, realm_id, client_id, user_id, target, status, attempts,
                    next_attempt_at, created_at, expires_at)
                SELECT gen_random_uuid()::text, 'event', realm, destination, '-', id, 'WAITING', 0, 0, %4$d, %5$d
                FROM waiting;
                """.formatted(
                        events,
                        ofRealm(),
                        name,
                        Instant.now().toEpochMilli(),
                        Instant.now().plus(Duration.ofDays(1)).toEpochMilli()));
    }

    /** How many events are kept, once what was taken is noted. */
    long kept(Keycloak server) {
        long[] left = {0};
        try {
            Eventually.within(Duration.ofSeconds(5), "nothing kept", () -> {
                left[0] = Postgres.count(server.databaseName(), "consent_cloud_event", ofRealm());
                return left[0] == 0;
            });
        } catch (AssertionError some) {
            return left[0];
        }
        return 0;
    }

    /** The rows of this realm, for a statement. */
    String ofRealm() {
        return "realm_id = '" + realm.admin().realmId(realm.name()) + "'";
    }

    Journey newJourney() {
        Customer customer = realm.newCustomer();
        return new Journey(customer, customer.app(), realm.tpp(ACME));
    }

    /** A customer with the app, and a TPP. */
    record Journey(Customer customer, BankApp app, Tpp tpp) {

        Tokens grant(String... scopes) {
            Asked asked = tpp.ask(customer, scopes);
            app.approve(app.onlyPendingId(), scopes).ok();
            return Tokens.of(tpp.poll(asked));
        }

        /** Asks and denies: two events of one request. */
        String deny(String... scopes) {
            tpp.ask(customer, scopes);
            String id = app.ids("?status=pending").get(0);
            app.deny(id).ok();
            return id;
        }
    }
}
