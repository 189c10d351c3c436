package io.assent.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class WebhookFactoryTest {

    private final ComponentModel settings = new ComponentModel();

    @ParameterizedTest
    @ValueSource(strings = {"https://bank.example/", " https://bank.example/", "https://bank.example/\n"})
    void spaceAroundAUrlIsNoPartOfIt(String url) {
        settings.put(WebhookFactory.URL, url);

        assertThat(WebhookFactory.url(settings)).contains("https://bank.example/");
    }

    @Test
    void anEmptyUrlIsNone() {
        settings.put(WebhookFactory.URL, " ");

        assertThat(WebhookFactory.url(settings)).isEmpty();
    }
}
