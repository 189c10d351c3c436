package io.assent.screen.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneTest {

    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @Test
    void aBrowserThatSaysSoItselfIsBelieved() {
        assertThat(Phone.is("?1", FIREFOX)).isTrue();
        assertThat(Phone.is("?0", IPHONE)).isFalse();
    }

    @Test
    void otherBrowsersSayItByTheirName() {
        assertThat(Phone.is(null, IPHONE)).isTrue();
        assertThat(Phone.is("yes", IPHONE)).isTrue();
        assertThat(Phone.is(null, FIREFOX)).isFalse();
        assertThat(Phone.is(null, null)).isFalse();
    }
}
