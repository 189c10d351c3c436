package io.assent.it.detail;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.ORBIT;

import io.assent.testing.actor.Realm;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.util.List;

/** A server whose customers have the accounts that a test gives them, shared by the tests about details. */
final class DetailServer {

    static final String ACCOUNTS = "account_information";
    static final String PAYMENT = "payment_initiation";
    static final String RECURRING = "recurring_payment";

    static final String DATABASE = "details";

    private static Keycloak running;

    static synchronized Realm bank() {
        if (running == null) {
            running = start();
        }
        return running.realm(Servers.BANK);
    }

    private static Keycloak start() {
        Postgres.createDatabase(DATABASE);
        // for what else the probe does
        Postgres.execute(DATABASE, """
                CREATE SCHEMA probe;
                CREATE TABLE probe.event (
                    name text, owner_id text, kind text, target text, attempts int, detail text, at timestamptz DEFAULT now());
                CREATE TABLE probe.fault (target text, name text, how text);
                """);
        Keycloak server = Keycloak.on(
                        Postgres.address(DATABASE),
                        Distribution.providersAndProbe(),
                        DATABASE,
                        List.of(Servers.realmFile()
                                .polledEvery(1)
                                .withDetails("probe", List.of(ACCOUNTS, PAYMENT, RECURRING), ACME, ORBIT)))
                .start();
        server.admin().allowAttributes(Servers.BANK);
        return server;
    }

    private DetailServer() {}
}
