package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackInterfaceTest {

    @ParameterizedTest
    @CsvSource({
        "/realms/bank/protocol/openid-connect/ext/ciba/auth, BACKCHANNEL",
        "/realms/bank/protocol/openid-connect/ext/ciba/auth/, BACKCHANNEL",
        "realms/bank/consent/v1/requests, APP",
        "/realms/bank/consent/v1/requests/1/decision, APP",
        "/realms/bank/consent/v1/user-code, APP",
        "/realms/bank/consent/v1/grants/1, TPP",
        "/realms/bank/protocol/openid-connect/token, TPP",
        "/realms/bank/protocol/openid-connect/token/introspect, TPP",
        "/realms/bank/protocol/openid-connect/ext/par/request, TPP"
    })
    void aPathIsOfAnInterface(String path, PackInterface called) {
        assertThat(PackInterface.ofPath(path)).hasValue(called);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/realms/bank",
                "/realms/bank/consent/v1/waits/x",
                "/realms/bank/consent/v1/openapi.json",
                "/realms/bank/protocol/openid-connect/auth",
                "/realms/bank/protocol/openid-connect/tokens",
                "/admin/realms/bank/consents",
                "/realms/a/b/consent/v1/requests"
            })
    void pagesStaffAndOthersAreOfNone(String path) {
        assertThat(PackInterface.ofPath(path)).isEmpty();
    }

    @Test
    void eachIsFoundByItsWord() {
        for (PackInterface each : PackInterface.values()) {
            assertThat(PackInterface.ofWord(each.word())).isEqualTo(each);
        }
    }
}
