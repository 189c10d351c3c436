package io.assent.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "Firefox/128.0, Firefox",
        "Firefox Mobile/128.0, Firefox",
        "Firefox iOS/128.0, Firefox",
        "Chrome/140.0.0, Chrome",
        "Chrome Mobile/140.0.0, Chrome",
        "Chrome Mobile iOS/140.0.0, Chrome",
        "HeadlessChrome/140.0.0, Chrome",
        "Chromium/140.0.0, Chrome",
        "Safari/18.1, Safari",
        "Mobile Safari/18.1, Safari",
        "Mobile Safari UI/WKWebView, Safari",
        "Edge/140.0.0, Edge",
        "Edge Mobile/140.0.0, Edge",
        "Samsung Internet/25.0, other",
        "Other/Unknown, other"
    })
    void aBrowserIsCalledAsCustomersCallIt(String family, String called) {
        assertThat(Families.browser(family)).isEqualTo(called);
    }

    @ParameterizedTest
    @CsvSource({
        "Windows, Windows",
        "Windows Phone, Windows",
        "Mac OS X, macOS",
        "Linux, Linux",
        "Ubuntu, Linux",
        "Android, Android",
        "iOS, iOS",
        "Chrome OS, other",
        "Other, other"
    })
    void aSystemIsCalledAsCustomersCallIt(String family, String called) {
        assertThat(Families.system(family)).isEqualTo(called);
    }

    @ParameterizedTest
    @CsvSource({
        "https://Shop.Example/callback?x=1, shop.example",
        "https://user@shop.example:8443/, shop.example",
        "http://localhost:8080/, localhost",
        "http://[2001:db8::1]/, [2001:db8::1]"
    })
    void theDomainIsTheHostThatTheLoginGoesOnTo(String redirectUri, String domain) {
        assertThat(Origin.domain(redirectUri)).contains(domain);
    }

    @Test
    void aLoginThatGoesOnToAnAppHasNoDomain() {
        assertThat(Origin.domain("com.example.app:/callback")).isEmpty();
        assertThat(Origin.domain("urn:ietf:wg:oauth:2.0:oob")).isEmpty();
        assertThat(Origin.domain("https://a b")).isEmpty();
        assertThat(Origin.domain("https://" + "a".repeat(254))).isEmpty();
        assertThat(Origin.domain(null)).isEmpty();
    }
}
