package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RealmModel;

class SandboxTest {

    @Test
    void theRealmTurnsItOn() {
        assertThat(Sandbox.enabledIn(realmWith("true"))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "false", "TRUE", " true", "yes", "1"})
    void anythingElseLeavesItOff(String attribute) {
        assertThat(Sandbox.enabledIn(realmWith(attribute))).isFalse();
    }

    private static RealmModel realmWith(String attribute) {
        return (RealmModel) Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(), new Class<?>[] {RealmModel.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getAttribute");
                    assertThat(arguments[0]).isEqualTo("sandbox.enabled");
                    return attribute;
                });
    }
}
