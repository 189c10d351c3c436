package io.assent.testing.server;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.ORBIT;

import io.assent.testing.actor.NewClients;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that most tests share, one per database, each started when it is first asked for and ended with the
 * tests' own process. Their realms:
 *
 * <dl>
 *   <dt>{@value #BANK}
 *   <dd>the dev realm with lockout, with a claim per permission, and with the bank's API as a client
 *   <dt>{@value #OTHER}
 *   <dd>the same, for what must be kept apart; on H2 alone
 *   <dt>{@value #BRIEF}
 *   <dd>the same, where requests expire after {@value #BRIEF_SECONDS} seconds
 *   <dt>{@value #SIGNING}
 *   <dd>the same, where customers sign what the pack wants signed where no rule is set; in the others they need not
 * </dl>
 */
public final class Servers {

    public static final String BANK = "bank";
    public static final String OTHER = "other";
    public static final String BRIEF = "brief";
    public static final String SIGNING = "signing";
    public static final int BRIEF_SECONDS = 12;

    private static final Map<Database, Keycloak> RUNNING = new ConcurrentHashMap<>();

    public static Keycloak shared(Database database) {
        return RUNNING.computeIfAbsent(database, kind -> new Keycloak(
                        "shared-" + kind.name().toLowerCase(Locale.ROOT),
                        kind,
                        realms(kind),
                        // what is walked and swept is waited for in many tests
                        "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=2")
                .start());
    }

    public static Realm bank() {
        return bank(Database.H2);
    }

    public static Realm bank(Database database) {
        return shared(database).realm(BANK);
    }

    public static Realm brief(Database database) {
        return shared(database).realm(BRIEF);
    }

    public static Realm signing(Database database) {
        return shared(database).realm(SIGNING);
    }

    /** The dev realm as tests need it. */
    public static RealmFile realmFile() {
        return RealmFile.shipped()
                .hashingCheaply()
                .withKeys()
                .withLongTokens()
                .lockingAfterThree()
                .withAClaimPerPermission()
                .withApi()
                .askingFreely()
                .selectable(NewClients.ids(ACME, ORBIT));
    }

    private static List<RealmFile> realms(Database database) {
        RealmFile bank = realmFile();
        RealmFile brief = bank.named(BRIEF).expiringAfter(BRIEF_SECONDS).polledEvery(1);
        RealmFile signing = bank.named(SIGNING).signing();
        return database == Database.H2
                ? List.of(bank, brief, signing, bank.named(OTHER))
                : List.of(bank, brief, signing);
    }

    private Servers() {}
}
