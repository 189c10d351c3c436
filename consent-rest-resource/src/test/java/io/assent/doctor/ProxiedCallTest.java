package io.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProxiedCallTest {

    @Test
    void whoCallsDirectlySaysNothingOfAProxy() {
        assertThat(new ProxiedCall(List.of(), "192.0.2.1").isUnread()).isFalse();
    }

    @Test
    void aServerThatTakesWhomTheProxyNamesReadsIt() {
        assertThat(new ProxiedCall(List.of("192.0.2.1", "10.0.0.1"), "192.0.2.1").isUnread())
                .isFalse();
        assertThat(new ProxiedCall(List.of("192.0.2.1"), "10.0.0.2").isUnread()).isTrue();
    }

    @Test
    void anAddressIsComparedWithoutPortQuotesAndBrackets() {
        assertThat(ProxiedCall.address(" 192.0.2.1 ")).isEqualTo("192.0.2.1");
        assertThat(ProxiedCall.address("192.0.2.1:4711")).isEqualTo("192.0.2.1");
        assertThat(ProxiedCall.address("\"[2001:db8::1]:4711\"")).isEqualTo("2001:db8::1");
        assertThat(ProxiedCall.address("2001:db8::1")).isEqualTo("2001:db8::1");
        assertThat(ProxiedCall.address("[broken")).isEqualTo("[broken");
    }
}
