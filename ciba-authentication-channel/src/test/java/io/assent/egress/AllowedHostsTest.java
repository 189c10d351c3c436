package io.assent.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    @Test
    void nobodyIsAllowedByDefault() {
        assertThat(AllowedHosts.of(options(Map.of())).names()).isEmpty();
    }

    @Test
    void hostsAreFoundAsUrlsWriteThem() {
        AllowedHosts allowed = allowed(" Tpp.Inside.Example, 10.0.0.7 ,[::1]");

        assertThat(allowed.contain("tpp.inside.example")).isTrue();
        assertThat(allowed.contain("TPP.inside.example")).isTrue();
        assertThat(allowed.contain("10.0.0.7")).isTrue();
        assertThat(allowed.contain("[::1]")).isTrue();
        assertThat(allowed.contain("::1")).isTrue();
        assertThat(allowed.contain("other.tpp.inside.example")).isFalse();
        assertThat(allowed.contain("10.0.0.8")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "localhost:8080", "*.example", "*", "a,,b", "10.0.0.0/8", "a b"})
    void whatIsNoHostStopsTheStartAndSaysWhatToSet(String value) {
        assertThatThrownBy(() -> allowed(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--spi-connections-http-client--client-endpoints--allowed-hosts must be names");
    }

    private static AllowedHosts allowed(String value) {
        return AllowedHosts.of(options(Map.of("allowed-hosts", value)));
    }

    private static ProviderOptions options(Map<String, String> values) {
        return new ProviderOptions("connections-http-client", "client-endpoints", new Options(values));
    }
}
