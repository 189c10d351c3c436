package io.assent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://acme.example/callback?x=1, acme.example",
        "https://acme.example:8443/, acme.example",
        "http://127.0.0.1:8080/cb, 127.0.0.1",
        "HTTPS://acme.example/callback, acme.example",
        "com.acme.app:/callback, ''",
        "com.evil.app://acme.example/callback, ''",
        "httpx://acme.example/callback, ''",
        "//acme.example/callback, ''",
        "urn:ietf:wg:oauth:2.0:oob, ''",
        "https://acme example/, ''",
    })
    void theDomainIsTheHostToWhichTheBrowserGoes(String redirectUri, String domain) {
        assertThat(Origin.domain(redirectUri)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "Firefox/145.0, Firefox",
        "Chrome Mobile/140.0.0, Chrome",
        "Mobile Safari/18.1, Safari",
        "Edge/140.0.0, Edge",
        "curl/8.1, other",
    })
    void aBrowserIsOneOfFour(String named, String family) {
        assertThat(Origin.browser(named)).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({"Windows, Windows", "Mac OS X, macOS", "Ubuntu, Linux", "Android, Android", "iOS, iOS", "Tizen, other"})
    void aSystemIsOneOfFive(String named, String family) {
        assertThat(Origin.system(named)).isEqualTo(family);
    }
}
