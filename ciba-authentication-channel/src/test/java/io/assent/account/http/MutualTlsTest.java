package io.assent.account.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.assent.account.AccountList;
import io.assent.bank.Credentials;
import io.assent.bank.Endpoint;
import io.assent.bank.EndpointOptions;
import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One key store, which both sides show and trust. */
class MutualTlsTest {

    private static final String PASSWORD = "changeit";
    private static final List<String> TRUST = List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword");

    @TempDir
    private Path files;

    private Path keys;
    private Path password;
    private HttpsServer server;

    @BeforeEach
    void makeKeysAndServer() throws Exception {
        keys = files.resolve("keys.p12");
        password = Files.writeString(files.resolve("password"), PASSWORD + "\n");
        keytool("-genkeypair", "-alias", "both", "-keyalg", "EC", "-dname", "CN=bank", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-alias", "both", "-file", files.resolve("cert").toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "trusted",
                "-file",
                files.resolve("cert").toString());
        System.setProperty(TRUST.get(0), keys.toString());
        System.setProperty(TRUST.get(1), PASSWORD);
        SSLContext both = new Credentials.Keys(keys, password, "PKCS12").context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(both) {
            @Override
            public void configure(HttpsParameters parameters) {
                var needed = both.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        server.createContext(
                "/", exchange -> BankEndpoint.answer(exchange, 200, BankEndpoint.JSON, BankEndpoint.accounts(1)));
        server.start();
    }

    @AfterEach
    void stop() {
        TRUST.forEach(System::clearProperty);
        server.stop(0);
    }

    @Test
    void theServerShowsItsCertificate() throws IOException {
        assertThat(ask(Map.of(
                        EndpointOptions.KEY_STORE_FILE,
                        keys.toString(),
                        EndpointOptions.KEY_STORE_PASSWORD_FILE,
                        password.toString())))
                .isInstanceOf(AccountList.Known.class);
    }

    @Test
    void withoutOneThereIsNoAnswer() throws IOException {
        assertThat(ask(Map.of())).isEqualTo(new AccountList.Unavailable());
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        Path wrong = Files.writeString(files.resolve("wrong"), "other");

        assertThatThrownBy(() -> new Credentials.Keys(keys, wrong, "PKCS12").context())
                .isInstanceOf(IOException.class);
    }

    private AccountList ask(Map<String, String> more) throws IOException {
        Map<String, String> options = new HashMap<>(more);
        options.put(
                EndpointOptions.ADDRESS,
                "https://127.0.0.1:" + server.getAddress().getPort() + "/{customer}");
        options.put(EndpointOptions.TIMEOUT, "10000");
        HttpOptions read = HttpOptions.read(new ProviderOptions("account-source", "http", new Options(options)))
                .orElseThrow();
        return new EndpointAccounts(read, new Endpoint(read.endpoint()), new RecentAccounts(read.kept()))
                .now(BankEndpoint.customer("k"));
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments),
                        Stream.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD))
                .flatMap(part -> part)
                .toList();
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
    }
}
