package io.assent.account.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.bank.EndpointOptions;
import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {

    private static final String LOCAL = "http://127.0.0.1:9000/{customer}";

    @TempDir
    private Path files;

    @Test
    void withoutSettingsThereIsNoSuchSource() {
        HttpAccountSourceFactory factory = new HttpAccountSourceFactory();
        factory.init(new Options(Map.of()));

        assertThat(factory.isAvailable()).isFalse();
    }

    @Test
    void withAnAddressOnThisMachineThereIs() {
        HttpAccountSourceFactory factory = new HttpAccountSourceFactory();
        factory.init(new Options(Map.of(EndpointOptions.ADDRESS, LOCAL)));

        assertThat(factory.isAvailable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://core.bank.example/{customer}",
                "https://core.bank.example/accounts",
                "https://{customer}.bank.example/accounts",
                "https://{realm}.bank.example/{customer}",
                "https://user@core.bank.example/{customer}",
                "https://core.bank.example/#{customer}",
                "https://core.bank.example/{customer}/{other}",
                "ftp://core.bank.example/{customer}",
                "core.bank.example/{customer}",
                "https:///{customer}",
            })
    void anAddressThatIsNotSafeIsRefused(String address) throws IOException {
        assertThatThrownBy(() ->
                        read(Map.of(EndpointOptions.ADDRESS, address, EndpointOptions.BEARER_TOKEN_FILE, token())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--spi-account-source--http--address ");
    }

    @Test
    void anotherMachineHasToKnowWhoAsks() throws IOException {
        String address = "https://core.bank.example/{realm}?customer={customer}";

        assertThatThrownBy(() -> read(Map.of(EndpointOptions.ADDRESS, address)))
                .hasMessageContaining("bearer-token-file");
        assertThat(read(Map.of(EndpointOptions.ADDRESS, address, EndpointOptions.BEARER_TOKEN_FILE, token()))
                        .address()
                        .of("bank", "k&x=1"))
                .hasValueSatisfying(
                        uri -> assertThat(uri).hasToString("https://core.bank.example/bank?customer=k%26x%3D1"));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 99",
        "timeout, 10001",
        "connect-timeout, 2001",
        "connect-timeout, -1",
        "concurrent-calls, 0",
        "concurrent-calls, 101",
        "cache-seconds, 301",
        "key-store-file, keys.p12",
        "key-store-password-file, password",
        "bearer-token-file, nowhere",
    })
    void anOptionThatMakesNoSenseIsRefusedByName(String option, String value) {
        assertThatThrownBy(() -> read(Map.of(EndpointOptions.ADDRESS, LOCAL, option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--spi-account-source--http--" + option + " ");
    }

    @Test
    void anOptionWithoutAnAddressIsRefused() {
        assertThatThrownBy(() -> read(Map.of(EndpointOptions.CUSTOMER_ATTRIBUTE, "username")))
                .hasMessageContaining("customer-attribute")
                .hasMessageContaining("--spi-account-source--http--address is not");
    }

    @Test
    void aKeyStoreWithoutAKeyIsRefusedAtTheStart() throws IOException {
        Path keys = Files.writeString(files.resolve("keys.p12"), "nothing");
        Path password = Files.writeString(files.resolve("password"), "secret");
        HttpAccountSourceFactory factory = new HttpAccountSourceFactory();

        assertThatThrownBy(() -> factory.init(new Options(Map.of(
                        EndpointOptions.ADDRESS,
                        LOCAL,
                        EndpointOptions.KEY_STORE_FILE,
                        keys.toString(),
                        EndpointOptions.KEY_STORE_PASSWORD_FILE,
                        password.toString()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--spi-account-source--http--key-store-file ")
                .hasMessageNotContaining("secret");
    }

    private String token() throws IOException {
        return Files.writeString(files.resolve("token"), "token").toString();
    }

    private static HttpOptions read(Map<String, String> options) {
        return HttpOptions.read(new ProviderOptions("account-source", "http", new Options(new HashMap<>(options))))
                .orElseThrow();
    }
}
