package io.assent.it.events;

import static io.assent.it.events.Told.assertAsDocumented;
import static io.assent.it.events.Told.isSigned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What webhooks are signed by is changed without a gap, and seen by nobody. */
class WebhookSecretsIT {

    private final Keycloak server = Servers.shared(Database.POSTGRESQL);
    private final EventBank bank = EventBank.on(server);

    @Test
    void aSecretIsChangedWithBothInForce() {
        String next = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            ObjectNode both = EventBank.webhook(receiver.uri());
            both.withObject("/settings").put("secret", next).put("previousSecret", EventBank.SECRET);
            assertThat(bank.put(EventBank.NAME, both).ok().get("secrets"))
                    .extracting(JsonNode::asText)
                    .containsExactly("secret", "previousSecret");

            assertThat(bank.test(EventBank.NAME).ok().get("result").asText()).isEqualTo("taken");

            Sent sent = receiver.all().get(0);
            assertAsDocumented(sent);
            assertThat(isSigned(next, sent)).isTrue();

            // what a body does not have stays
            ObjectNode moved = EventBank.webhook(receiver.uri());
            moved.withObject("/settings").remove("secret");
            moved.withObject("/settings").putNull("previousSecret");
            assertThat(bank.put(EventBank.NAME, moved).ok().get("secrets"))
                    .extracting(JsonNode::asText)
                    .containsExactly("secret");
            bank.test(EventBank.NAME).ok();
            Sent later = receiver.all().get(1);
            assertThat(isSigned(next, later)).isTrue();
            assertThat(isSigned(EventBank.SECRET, later)).isFalse();
        }
    }

    @Test
    void noSecretIsReadBackOrWrittenDown() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            bank.test(EventBank.NAME).ok();
            String secret = EventBank.SECRET.substring("whsec_".length());

            assertThat(bank.destination().toString()).doesNotContain(secret);
            assertThat(Http.send(Http.request(server.uri(
                                            "/admin/realms/" + bank.realm().name() + "/components"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + bank.staff().accessToken()))
                            .body())
                    .contains("io.assent.destination.EventDestination")
                    .doesNotContain(secret);
            JsonNode events = server.admin().adminEvents(bank.realm().name(), "consents/destinations/*");
            assertThat(events.size()).isEqualTo(2);
            assertThat(events.toString()).doesNotContain(secret);
            assertThat(server.said()).doesNotContain(secret);
        }
    }
}
