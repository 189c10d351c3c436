package io.assent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLoadTest {

    @Test
    void aDocumentIsSeen() {
        assertThat(new PageLoad("document", null).isSeen()).isTrue();
    }

    @Test
    void anOldBrowserThatDoesNotSayIsBelieved() {
        assertThat(new PageLoad(null, null).isSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "empty", "iframe", "script", "style", "object", "", "documents"})
    void nothingElseIsSeen(String destination) {
        assertThat(new PageLoad(destination, null).isSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefetch", "prefetch;prerender", "Prefetch"})
    void whatIsFetchedAheadIsNotSeenYet(String purpose) {
        assertThat(new PageLoad("document", purpose).isSeen()).isFalse();
    }
}
