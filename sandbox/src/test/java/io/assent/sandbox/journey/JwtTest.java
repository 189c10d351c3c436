package io.assent.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {

    @Test
    void theScopesAreReadAndThePermissionsToldApart() {
        String claims = "{\"scope\":\"openid accounts.balances\"}";
        String token = "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";

        assertThat(Jwt.scopes(token)).containsExactlyInAnyOrder("openid", "accounts.balances");
        assertThat(Permissions.in(Jwt.scopes(token))).containsExactly("accounts.balances");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"opaque", "a.%%%.c", "a.bm90IGpzb24.c"})
    void whatIsNoJwtIsSaidToBeNone(String token) {
        assertThatThrownBy(() -> Jwt.scopes(token))
                .isInstanceOf(JourneyException.class)
                .message()
                .doesNotContain("opaque", "%%%", "bm90");
    }
}
