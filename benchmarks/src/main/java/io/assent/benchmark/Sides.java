package io.assent.benchmark;

import io.assent.benchmark.load.AppLink;
import io.assent.benchmark.load.Approval;
import io.assent.benchmark.load.AuthenticationEntity;
import io.assent.benchmark.load.BankApp;
import io.assent.benchmark.load.BrowserLogin;
import io.assent.benchmark.load.CallbackToken;
import io.assent.benchmark.load.Customer;
import io.assent.benchmark.load.PhonePages;
import io.assent.benchmark.load.Pushes;
import io.assent.benchmark.load.StockAccount;
import io.assent.benchmark.load.StockCallback;
import io.assent.benchmark.load.StockForms;
import io.assent.benchmark.load.Tpp;
import io.assent.benchmark.load.Withdrawal;
import io.assent.benchmark.server.Database;
import io.assent.benchmark.server.Distribution;
import io.assent.benchmark.server.Keycloak;
import io.assent.benchmark.server.Postgres;
import io.assent.fake.fcm.FcmFake;
import io.assent.fake.http.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** All servers that are compared, up at once on one PostgreSQL cluster, each with a database of its own. */
final class Sides implements AutoCloseable {

    static final String HEAP = "768m";
    private static final int SENDS_AT_ONCE = 64;
    static final Duration VENDOR_DELAY = Duration.ofMillis(200);

    private static final List<String> BUILD = List.of("--db=postgres");
    private static final String CHANNEL = "--spi-ciba-auth-channel--provider=";

    private final Layout layout;
    private final Plan plan;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Map<SideName, Distribution> distributions = new EnumMap<>(SideName.class);
    private final Map<SideName, Side> sides = new EnumMap<>(SideName.class);
    private final AuthenticationEntity entity = new AuthenticationEntity();
    private final Pushes vendorPushes;
    private final FcmFake vendor;
    private Postgres postgres;

    Sides(Layout layout, Plan plan) {
        this.layout = layout;
        this.plan = plan;
        closing.push(entity::close);
        // twice as long as the vendor takes
        vendorPushes = new Pushes(plan.customers(), VENDOR_DELAY.multipliedBy(2));
        vendor = FcmFake.start(push -> vendorPushes.arrived(BankApp.customer(push.token()), push.requestId()));
        vendor.behave(Behaviour.slow(VENDOR_DELAY));
        closing.push(vendor::close);
    }

    /** Builds and starts everything. */
    void start() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        postgres = Postgres.start(layout.work().resolve("postgres"));
        closing.push(postgres::close);
        build();

        Progress.say("Making the tables and the realm ...");
        Database template = postgres.create(SideName.B.id());
        Keycloak stock = nodes(SideName.B, template).get(0);
        stock.importAtStart(BenchmarkRealm.NAME, BenchmarkRealm.json(layout.realm(), plan.customers()));
        stock.start();
        stock.await(BenchmarkRealm.NAME);
        stock.stop();
        List<Customer> customers = customers(template);

        Progress.say("Starting " + plan.sides().size() + " servers ...");
        Map<SideName, List<Keycloak>> servers = new EnumMap<>(SideName.class);
        Map<SideName, Database> databases = new EnumMap<>(SideName.class);
        for (SideName name : plan.sides()) {
            Database database = name == SideName.B ? template : postgres.copy(template, name.id());
            if (name.isPack()) {
                BenchmarkRealm.setUpPack(database);
                if (name == SideName.COMMIT_OFF) {
                    database.execute("ALTER DATABASE " + name.id() + " SET synchronous_commit = off");
                }
            } else {
                BenchmarkRealm.haveAPolicy(database);
            }
            databases.put(name, database);
            servers.put(name, nodes(name, database));
        }
        servers.values().forEach(nodes -> nodes.forEach(Keycloak::start));
        for (SideName name : plan.sides()) {
            for (Keycloak node : servers.get(name)) {
                node.await(BenchmarkRealm.NAME);
            }
            sides.put(name, side(name, servers.get(name), databases.get(name), customers));
        }
    }

    private void build() {
        // (b) makes the tables and the realm for all of them
        Set<SideName> names = EnumSet.of(SideName.B);
        names.addAll(plan.sides());
        for (SideName name : names) {
            distributions.put(name, built(name).copy(layout.work().resolve(name.id())));
        }
    }

    private Distribution built(SideName name) {
        Progress.say("Building (" + name.letter() + "), " + name.title() + " ...");
        return switch (name) {
            case A2 -> build("one-row", List.of(layout.floors()), CHANNEL + "benchmark-one-row");
            case B -> build("stock", List.of());
            default -> build("pack", layout.pack());
        };
    }

    private Distribution build(String name, List<Path> providers, String... more) {
        List<String> options = new ArrayList<>(BUILD);
        options.addAll(List.of(more));
        return Distribution.build(layout.stock(), layout.built().resolve(name), providers, options);
    }

    private List<Keycloak> nodes(SideName name, Database database) {
        Path key = layout.work().resolve("fcm-key.json");
        List<String> options =
                switch (name) {
                    case B ->
                        List.of("--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri="
                                + entity.url());
                    case D -> {
                        vendor.writeServiceAccount(key);
                        yield List.of(
                                "--spi-push-sender--fcm--service-account=" + key,
                                "--spi-push-sender--fcm--endpoint=" + vendor.uri(),
                                // of a vendor that takes so long an operator has more sends at once: 16 make 80 a
                                // second
                                "--spi-consent-outbox--jpa--threads=" + SENDS_AT_ONCE);
                    }
                    default -> List.of();
                };
        if (name.isPack()) {
            options = new ArrayList<>(options);
            // a customer decides more often here than the pack lets anybody
            options.add("--spi-realm-restapi-extension--consent--decisions-per-minute=999999");
            // and one client opens as many pages as the node can show
            options.add("--spi-consent-link--jpa--opened-per-minute=1000000");
            options.addAll(name.options());
            // and each question's push is measured
            options.add("--spi-consent-delivery--push--burst-seconds=0");
        }
        List<Keycloak> nodes = new ArrayList<>();
        while (nodes.size() < name.nodes()) {
            String node = name.id() + (nodes.isEmpty() ? "" : "_" + (nodes.size() + 1));
            Distribution distribution = distributions.get(name);
            nodes.add(new Keycloak(
                    node,
                    nodes.isEmpty()
                            ? distribution
                            : distribution.copy(layout.work().resolve(node)),
                    database,
                    HEAP,
                    name.nodes() > 1,
                    options));
        }
        nodes.forEach(node -> closing.push(node::close));
        return nodes;
    }

    private Side side(SideName name, List<Keycloak> nodes, Database database, List<Customer> customers)
            throws IOException, InterruptedException {
        Tpp tpp = new Tpp(BenchmarkRealm.NAME, customers);
        Pushes pushes =
                switch (name) {
                    case A2, B -> null;
                    case D -> vendorPushes;
                    default -> new Pushes(customers.size(), Duration.ZERO);
                };
        Approval approval =
                switch (name) {
                    case A2 -> callbackWithOwnToken(database, tpp, customers);
                    case B -> new StockCallback(BenchmarkRealm.NAME, entity::bearerToken, entity::forget);
                    default -> app(name, nodes, database, customers, pushes);
                };
        Withdrawal withdrawal = approval instanceof BankApp app
                ? app
                : StockAccount.logIn(
                        nodes.get(0).port(), BenchmarkRealm.NAME, customers.subList(0, Side.ENDING), tpp.clientId());
        BrowserLogin browserLogin = approval instanceof BankApp app ? new AppLink(app) : new StockForms(customers);
        return new Side(name, nodes, database, tpp, approval, browserLogin, withdrawal, pushes, plan);
    }

    private static Approval callbackWithOwnToken(Database database, Tpp tpp, List<Customer> customers) {
        Map<String, String> key = database.pairs(
                "SELECT config.name, config.value FROM component_config config"
                        + " JOIN component ON component.id = config.component_id"
                        + " JOIN component_config algorithm ON algorithm.component_id = component.id"
                        + " JOIN realm ON realm.id = component.realm_id"
                        + " WHERE component.provider_id = 'hmac-generated' AND realm.name = ?"
                        + " AND algorithm.name = 'algorithm' AND algorithm.value = 'HS512'",
                BenchmarkRealm.NAME);
        CallbackToken tokens = new CallbackToken(
                key.get("kid"), key.get("secret"), "http://127.0.0.1/realms/" + BenchmarkRealm.NAME, tpp.clientId());
        return new StockCallback(
                BenchmarkRealm.NAME, asked -> tokens.of(asked, customers.get(asked.customer())), () -> {});
    }

    private Approval app(
            SideName name, List<Keycloak> nodes, Database database, List<Customer> customers, Pushes pushes)
            throws InterruptedException {
        BankApp app = new BankApp(
                BenchmarkRealm.NAME,
                customers,
                pushes,
                () -> BenchmarkRealm.pendingByMessage(database),
                () -> BenchmarkRealm.forgetConsents(database));
        app.logIn(nodes.get(0).port(), name == SideName.D ? "fcm" : "sandbox");
        if (name != SideName.D) {
            // the node that pushes knows its own pages
            for (Keycloak node : nodes) {
                PhonePages pages = new PhonePages(node.url(), BenchmarkRealm.NAME, pushes);
                closing.push(pages::close);
                pages.open(customers.size());
            }
        }
        return app;
    }

    private List<Customer> customers(Database database) {
        Map<String, String> ids = database.pairs(
                "SELECT username, id FROM user_entity WHERE realm_id = (SELECT id FROM realm WHERE name = ?)",
                BenchmarkRealm.NAME);
        return IntStream.range(0, plan.customers())
                .mapToObj(BenchmarkRealm::username)
                .map(username -> new Customer(username, ids.get(username)))
                .toList();
    }

    List<Side> all() {
        return List.copyOf(sides.values());
    }

    Side get(SideName name) {
        return sides.get(name);
    }

    Postgres postgres() {
        return postgres;
    }

    /** The size of a server as it is deployed, in bytes. */
    long bytes(SideName name) {
        return distributions.get(name).bytes();
    }

    /** Ends everything that it started, whatever goes wrong with one of them. */
    @Override
    public synchronized void close() {
        Runnable last = closing.poll();
        if (last != null) {
            try {
                last.run();
            } finally {
                close();
            }
        }
    }
}
