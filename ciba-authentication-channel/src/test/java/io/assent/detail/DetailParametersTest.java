package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailParametersTest {

    private static final String OURS = "[{\"type\":\"payment\"}]";
    private static final String THE_SERVERS = "[{\"type\":\"openid_credential\",\"size\":1.5}]";

    private final DetailParameters parameters = new DetailParameters(
            Set.of("payment")::contains, Set.of("openid_credential")::contains, client -> DetailParametersTest::read);

    private static DetailReading read(String sent) {
        return new Details(List.of(new Detail("read", sent)));
    }

    private static SentDetails open(String... values) {
        return new SentDetails(List.of(values), Optional.empty(), null);
    }

    private static SentDetails pushed(List<String> open, String... values) {
        return new SentDetails(open, Optional.of(List.of(values)), null);
    }

    private static ObjectNode claims() {
        return new ObjectMapper().createObjectNode();
    }

    private static JsonNode signed(String json) {
        try {
            return claims().set("authorization_details", new ObjectMapper().readTree(json));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DetailReading read(SentDetails sent) {
        return parameters.read(null, sent);
    }

    @Test
    void aValueIsReadWhereverItStands() {
        assertThat(read(open(OURS))).isEqualTo(read(OURS));
        assertThat(read(pushed(List.of(), OURS))).isEqualTo(read(OURS));
        assertThat(read(new SentDetails(List.of(), Optional.empty(), signed(OURS))))
                .isEqualTo(read(OURS));
        assertThat(read(new SentDetails(List.of(), Optional.of(List.of()), signed(OURS))))
                .isEqualTo(read(OURS));
    }

    @Test
    void whatIsThereWithoutAValueIsNotThere() {
        assertThat(read(open())).isEqualTo(Details.NONE);
        assertThat(read(open(""))).isEqualTo(Details.NONE);
        assertThat(read(open(" "))).isEqualTo(Details.NONE);
        assertThat(read(pushed(List.of(" "), OURS))).isEqualTo(read(OURS));
        assertThat(read(new SentDetails(List.of(), Optional.empty(), claims().putNull("authorization_details"))))
                .isEqualTo(Details.NONE);
        assertThat(read(new SentDetails(List.of(), Optional.empty(), claims()))).isEqualTo(Details.NONE);
    }

    @Test
    void aValueThatStandsWhereAnotherReaderLooksForAnotherIsRefused() {
        assertRefused(open(OURS, OURS));
        assertRefused(open(OURS, ""));
        assertRefused(open(OURS, THE_SERVERS));
        assertRefused(pushed(List.of(OURS)));
        assertRefused(pushed(List.of(OURS), OURS));
        assertRefused(pushed(List.of(), OURS, OURS));
        assertRefused(new SentDetails(List.of(OURS), Optional.empty(), claims()));
        assertRefused(new SentDetails(List.of(OURS), Optional.empty(), signed(OURS)));
        assertRefused(new SentDetails(List.of(THE_SERVERS), Optional.empty(), signed(OURS)));
        assertRefused(new SentDetails(List.of(), Optional.of(List.of(OURS)), claims()));
    }

    @Test
    void aRequestObjectHasAnArrayAndNoText() {
        assertRefused(new SentDetails(List.of(), Optional.empty(), claims().put("authorization_details", OURS)));
        assertRefused(new SentDetails(List.of(), Optional.empty(), claims().put("authorization_details", 1)));
        assertRefused(new SentDetails(List.of(), Optional.empty(), signed("{\"type\":\"payment\"}")));
    }

    private void assertRefused(SentDetails sent) {
        assertThat(read(sent)).isInstanceOf(DetailFlaw.class);
        assertThat(parameters.areSent(sent)).isTrue();
    }

    @Test
    void whatIsTheServersAloneIsLeftToIt() {
        assertThat(parameters.areTheServers(THE_SERVERS)).isTrue();
        assertThat(parameters.areSent(open(THE_SERVERS))).isFalse();
        assertThat(read(open(THE_SERVERS))).isEqualTo(Details.NONE);
        assertThat(read(open(THE_SERVERS, THE_SERVERS))).isEqualTo(Details.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[{}]",
                "[{\"type\":1}]",
                "[{\"type\":\"openid_credential\"},{\"type\":\"payment\"}]",
                "[{\"type\":\"openid_credential\"},{\"type\":\"unknown\"}]",
                "[{\"type\":\"payment\",\"type\":\"openid_credential\"}]",
                "[{\"type\":\"openid_credential\",\"type\":\"openid_credential\"}]",
                "[{\"type\":\"openid_credential\"}] [{\"type\":\"payment\"}]",
                "[{\"type\":\"openid_credential\"}",
                "[{\"type\":\"openid_credential\"},1]",
                "openid_credential"
            })
    void aMixtureAndWhatCannotBeReadInOneWayAloneAreNotTheServers(String sent) {
        assertThat(parameters.areTheServers(sent)).isFalse();
        assertThat(parameters.areSent(open(sent))).isTrue();
    }

    @Test
    void whatNobodyLooksIntoMayBeOurs() {
        assertThat(parameters.mayBeOurs(OURS)).isTrue();
        assertThat(parameters.mayBeOurs("[{\"type\":\"pay")).isTrue();
        assertThat(parameters.mayBeOurs("[]")).isTrue();
        assertThat(parameters.mayBeOurs("[{\"type\":\"unknown\",\"text\":\"" + "x".repeat(20_000) + "\"}]"))
                .isTrue();
        assertThat(parameters.mayBeOurs("[{\"type\":\"unknown\"},{\"type\":\"payment\"}]"))
                .isTrue();
        assertThat(parameters.mayBeOurs("[{\"type\":\"unknown\"}]")).isFalse();
        assertThat(parameters.mayBeOurs(THE_SERVERS)).isFalse();
    }
}
