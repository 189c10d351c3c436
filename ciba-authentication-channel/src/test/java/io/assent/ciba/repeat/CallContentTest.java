package io.assent.ciba.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallContentTest {

    @Test
    void howTheClientAuthenticatesIsNotWhatTheCallSays() {
        assertThat(content(Map.of("scope", "openid", "client_id", "a", "client_assertion", "one")))
                .isEqualTo(
                        content(Map.of("client_assertion_type", "jwt", "client_assertion", "two", "scope", "openid")))
                .isEqualTo(content(Map.of("scope", "openid", "client_secret", "s")));
    }

    @Test
    void eachParameterIsWhatTheCallSays() {
        CallContent content = content(Map.of("scope", "openid", "login_hint", "alice"));

        assertThat(content).isNotEqualTo(content(Map.of("scope", "openid", "login_hint", "bob")));
        assertThat(content).isNotEqualTo(content(Map.of("scope", "openid")));
        assertThat(content).isNotEqualTo(content(Map.of("scope", "openid", "login_hint", "alice", "x", "")));
        assertThat(CallContent.of(Map.of("a", List.of("1", "2"))))
                .isNotEqualTo(CallContent.of(Map.of("a", List.of("1"))));
    }

    @Test
    void otherDetailsAreAnotherCall() {
        String ten = "[{\"type\":\"payment_initiation\",\"instructedAmount\":{\"amount\":\"10\"}}]";
        String eleven = ten.replace("10", "11");

        assertThat(content(Map.of("authorization_details", ten)))
                .isEqualTo(content(Map.of("authorization_details", ten)))
                .isNotEqualTo(content(Map.of("authorization_details", eleven)))
                .isNotEqualTo(content(Map.of()));
        assertThat(content(Map.of("request", signed("{\"authorization_details\":" + ten + "}"))))
                .isNotEqualTo(content(Map.of("request", signed("{\"authorization_details\":" + eleven + "}"))))
                .isNotEqualTo(content(Map.of("request", signed("{}"))));
    }

    @Test
    void noValueReadsLikeTwo() {
        assertThat(content(Map.of("a", "1", "b", "2"))).isNotEqualTo(content(Map.of("a", "11/1:b1/1:2")));
    }

    @Test
    void aRequestThatIsSignedAgainSaysTheSame() {
        String first = signed(
                "{\"jti\":\"1\",\"iat\":1,\"nbf\":1,\"exp\":2,\"scope\":\"openid\",\"claims\":{\"a\":1,\"b\":[1,2]}}");
        String again = signed(
                "{\"claims\":{\"b\":[1,2],\"a\":1},\"scope\":\"openid\",\"jti\":\"2\",\"iat\":3,\"nbf\":3,\"exp\":4}");
        String other = signed(
                "{\"claims\":{\"b\":[2,1],\"a\":1},\"scope\":\"openid\",\"jti\":\"2\",\"iat\":3,\"nbf\":3,\"exp\":4}");

        assertThat(content(Map.of("request", first))).isEqualTo(content(Map.of("request", again)));
        assertThat(content(Map.of("request", first))).isNotEqualTo(content(Map.of("request", other)));
    }

    @Test
    void aRequestThatIsNoneSaysWhatItSays() {
        for (String request : List.of("", "x", "a.b.c", "..", signed("[]"), signed("\"text\""), signed("{"))) {
            assertThat(content(Map.of("request", request))).isEqualTo(content(Map.of("request", request)));
            assertThat(content(Map.of("request", request))).isNotEqualTo(content(Map.of("request", "y")));
        }
    }

    private static String signed(String claims) {
        return base64("{\"alg\":\"PS256\"}") + "." + base64(claims) + ".c2ln";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CallContent content(Map<String, String> parameters) {
        Map<String, List<String>> all = new HashMap<>();
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        return CallContent.of(all);
    }
}
