package io.assent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkUrisTest {

    private final LinkUris uris = LinkUris.of("https://bank.example/realms/bank");

    @Test
    void allAreBelowTheIssuer() {
        assertThat(uris.link("abc")).hasToString("https://bank.example/realms/bank/consent/v1/links/abc");
        assertThat(uris.waits()).hasToString("https://bank.example/realms/bank/consent/v1/waits");
        assertThat(uris.back("xyz")).hasToString("https://bank.example/realms/bank/consent/v1/returns/xyz");
        assertThat(uris.returns()).hasToString("https://bank.example/realms/bank/consent/v1/returns");
    }
}
