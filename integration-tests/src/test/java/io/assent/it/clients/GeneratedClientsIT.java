package io.assent.it.clients;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The clients that openapi-generator makes of the API's document can be compiled, and can approve and deny. */
@Tag("long")
@Tag("weekly")
@Isolated
class GeneratedClientsIT {

    private static final String WITHOUT_TESTS =
            "--global-property=apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false";

    @Test
    void theOneInKotlinApprovesAPartAndDenies() {
        Path client = GeneratedClients.generate(
                "kotlin",
                "kotlin",
                WITHOUT_TESTS,
                "--library=jvm-okhttp4",
                "--additional-properties=serializationLibrary=jackson,packageName=io.assent.client");
        Path classes =
                GeneratedClients.compileKotlin(client.resolve("src/main/kotlin"), Path.of("src/test/kotlin-app"));
        // now, since what is asked expires, and a client takes a slow machine long to make
        Realm bank = Servers.bank();
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        Tpp acme = bank.tpp(ACME);
        Asked toBeDenied = acme.ask(customer, BALANCES, TRANSACTIONS);
        Asked toBeApproved = acme.ask(customer, TRANSACTIONS, BALANCES);

        String said = GeneratedClients.run(
                classes,
                "AppKt",
                Map.of("ACCESS_TOKEN", app.accessToken()),
                bank.uri("/consent/v1").toString(),
                BALANCES);

        assertThat(said.lines()).contains("approved " + BALANCES, "denied");
        assertThat(Tokens.of(acme.poll(toBeApproved)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(acme.poll(toBeDenied).error()).isEqualTo("access_denied");
    }

    @Test
    void theOneInJavaCompiles() throws IOException {
        Path client = GeneratedClients.generate(
                "java",
                "java",
                WITHOUT_TESTS,
                "--library=native",
                "--additional-properties=openApiNullable=false,useJakartaEe=true,invokerPackage=io.assent.client,"
                        + "apiPackage=io.assent.client.api,modelPackage=io.assent.client.model");

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("-proc:none", "-cp", GeneratedClients.libraries(), "-d", classes(client)),
                            null,
                            files.getJavaFileObjectsFromPaths(GeneratedClients.files(client, ".java")))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    @Test
    void theOneInTypeScriptCompiles() {
        Path client = GeneratedClients.generate("typescript-fetch", "typescript", WITHOUT_TESTS);
        NodeProject tools = NodeProject.ofTests("tools");

        tools.run(
                "npx",
                "tsc",
                "--noEmit",
                "--strict",
                "--target",
                "es2022",
                "--lib",
                "es2022,dom,dom.iterable",
                "--module",
                "esnext",
                "--moduleResolution",
                "bundler",
                client.resolve("index.ts").toAbsolutePath().toString());
    }

    /** Where there is a compiler; anywhere else it is looked at. */
    @Test
    void theOneInSwiftCanApproveAndDeny() throws IOException {
        Path client = GeneratedClients.generate("swift6", "swift", WITHOUT_TESTS);

        List<Path> sources = GeneratedClients.files(client.resolve("Sources"), ".swift");
        Path decision = sources.stream()
                .filter(source -> source.endsWith("Decision.swift"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(decision)).contains("case approve", "case deny", "grantedScopes: Set<String>?");
        Assumptions.assumeTrue(onPath("swiftc"), "generated, and not compiled: there is no Swift here");
        List<String> command = new ArrayList<>(List.of("swiftc", "-typecheck"));
        sources.forEach(source -> command.add(source.toString()));
        GeneratedClients.run(Map.of(), command);
    }

    private static String classes(Path client) throws IOException {
        return Files.createDirectories(client.resolve("classes")).toString();
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
