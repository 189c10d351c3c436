package io.assent.it;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
 * </dl>
 */
final class Servers {

    static final String BANK = "bank";
    static final String OTHER = "other";
    static final String BRIEF = "brief";
    static final int BRIEF_SECONDS = 4;

    private static final int MOST_CLIENTS = 200;
    private static final AtomicInteger CLIENTS_MADE = new AtomicInteger();

    private static final Map<Database, Keycloak> RUNNING = new EnumMap<>(Database.class);

    static synchronized Keycloak shared(Database database) {
        return RUNNING.computeIfAbsent(
                database,
                kind -> new Keycloak("shared-" + kind.name().toLowerCase(Locale.ROOT), kind, realms(kind)).start());
    }

    static Realm bank() {
        return bank(Database.H2);
    }

    static Realm bank(Database database) {
        return shared(database).realm(BANK);
    }

    static Realm brief(Database database) {
        return shared(database).realm(BRIEF);
    }

    /** The {@code client_id} of a client that is to be made; one of those that the realms' settings know of. */
    static String nextClientLike(String model) {
        return model + "-" + CLIENTS_MADE.incrementAndGet();
    }

    /** The dev realm as tests need it. */
    static RealmFile realmFile() {
        List<String> selectable = IntStream.rangeClosed(1, MOST_CLIENTS)
                .boxed()
                .flatMap(number -> Stream.of("acme-aisp-" + number, "orbit-pisp-" + number))
                .toList();
        return RealmFile.shipped()
                .lockingAfterThree()
                .withAClaimPerPermission()
                .withApi()
                .selectable(selectable);
    }

    private static List<RealmFile> realms(Database database) {
        RealmFile bank = realmFile();
        RealmFile brief = bank.named(BRIEF).expiringAfter(BRIEF_SECONDS).polledEvery(1);
        return database == Database.H2 ? List.of(bank, brief, bank.named(OTHER)) : List.of(bank, brief);
    }

    private Servers() {}
}
