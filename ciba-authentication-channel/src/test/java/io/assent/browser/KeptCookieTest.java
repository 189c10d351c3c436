package io.assent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.link.Browser;
import java.net.URI;
import org.junit.jupiter.api.Test;

class KeptCookieTest {

    private static final String REALM_PATH = "/realms/bank/";

    private final Browser kept = Browser.unknown();
    private final KeptCookie byTls = KeptCookie.of(URI.create("https://bank.example/"), REALM_PATH);
    private final KeptCookie without = KeptCookie.of(URI.create("http://localhost:8080/"), REALM_PATH);

    @Test
    void byTlsNoOtherHostCanSetIt() {
        // the name and the path that the prefix asks for
        assertThat(byTls).isEqualTo(new KeptCookie("__Host-ASSENT_BROWSER", "/", true));
        assertThat(KeptCookie.of(URI.create("HTTPS://bank.example/auth/"), REALM_PATH))
                .isEqualTo(byTls);
    }

    @Test
    void byTlsNoRealmKnowsTheBrowserOfAnother() {
        Browser inBank = byTls.in("bank", kept);

        assertThat(inBank.cookie())
                .isNotIn(kept.cookie(), byTls.in("shop", kept).cookie());
        assertThat(byTls.in("bank", Browser.of(kept.cookie()).orElseThrow()).cookie())
                .isEqualTo(inBank.cookie());
        assertThat(Browser.of(inBank.cookie())).isPresent();
    }

    @Test
    void withoutTlsItIsTheRealmsOwn() {
        assertThat(without).isEqualTo(new KeptCookie("ASSENT_BROWSER", REALM_PATH, false));
        assertThat(without.in("bank", kept)).isSameAs(kept);
    }
}
