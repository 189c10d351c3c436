package io.assent.rest.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page asks for the right that the server asks for. */
class DeliveryTableTest {

    private static final Pattern TO_COMPANIES = Pattern.compile("const TO_COMPANIES = \\[([^\\]]+)]");
    private static final Pattern KIND = Pattern.compile("\"([a-z-]+)\"");

    @Test
    void whatIsPostedToACompanyIsTheKindsOfItsHandlers() {
        List<String> posted = ServiceLoader.load(DeliveryHandlerFactory.class).stream()
                .map(Provider::get)
                .filter(ClientDeliveryHandlerFactory.class::isInstance)
                .map(DeliveryHandlerFactory::getId)
                .toList();
        Matcher known = TO_COMPANIES.matcher(PageFiles.text("delivery-table.js"));

        assertThat(known.find()).isTrue();
        assertThat(KIND.matcher(known.group(1)).results().map((MatchResult kind) -> kind.group(1)))
                .containsExactlyInAnyOrderElementsOf(posted)
                .contains("ping");
    }
}
