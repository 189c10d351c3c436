package io.assent.partner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerAnswerTest {

    private static boolean saysInvalidGrant(int status, String body) {
        return new PartnerAnswer(status, body, null).saysError("invalid_grant");
    }

    @Test
    void aRefusalSaysWhy() {
        assertThat(saysInvalidGrant(400, "{\"error\":\"invalid_grant\"}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"error\":\"invalid_client\"}", "{\"error\":1}", "invalid_grant", "", "[]", "null", "<html>"})
    void whatSaysSomethingElseOrNothingDoesNot(String body) {
        assertThat(saysInvalidGrant(400, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 404, 500, 503})
    void anotherStatusIsNoRefusal(int status) {
        assertThat(saysInvalidGrant(status, "{\"error\":\"invalid_grant\"}")).isFalse();
    }
}
