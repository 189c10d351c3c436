package io.assent.partner.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.RealmModel;

class PartnerConfigTest {

    private static void validate(SslRequired ssl, String revocationUrl) {
        PartnerConfig config = new PartnerConfig();
        config.getConfig().put("partnerRevocationUrl", revocationUrl);
        config.validate(realm(ssl));
    }

    private static RealmModel realm(SslRequired ssl) {
        return (RealmModel) Proxy.newProxyInstance(
                PartnerConfigTest.class.getClassLoader(), new Class<?>[] {RealmModel.class}, (self, called, given) -> {
                    if (called.getName().equals("getSslRequired")) {
                        return ssl;
                    }
                    throw new UnsupportedOperationException(called.getName());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,https://harvest.example/revoke",
        "EXTERNAL,http://127.0.0.1:8080/revoke",
        "NONE,http://harvest.example/revoke",
        "ALL,''",
        "ALL,"
    })
    void theRevocationUrlIsAsSecureAsTheRealmDemands(SslRequired ssl, String url) {
        assertThatCode(() -> validate(ssl, url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,http://127.0.0.1:8080/revoke",
        "EXTERNAL,http://harvest.example/revoke",
        "NONE,ftp://harvest.example/revoke",
        "NONE,revoke"
    })
    void anotherIsRefused(SslRequired ssl, String url) {
        assertThatThrownBy(() -> validate(ssl, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partnerRevocationUrl");
    }
}
