package io.assent.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderModel;

class PartnerSettingsTest {

    private final IdentityProviderModel provider = sound();

    private static IdentityProviderModel sound() {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias("harvest");
        provider.setProviderId(PartnerSettings.PROVIDER_ID);
        provider.setLinkOnly(true);
        provider.setStoreToken(true);
        provider.setConfig(new HashMap<>(Map.of(
                "partnerClient", "harvest-app",
                "partnerScopes", "pots goals",
                "partnerRevocationUrl", "https://harvest.example/revoke",
                "defaultScope", "openid")));
        return provider;
    }

    @Test
    void soundOnesHaveNoFlaw() {
        assertThat(PartnerSettings.flaw(provider)).isEmpty();
    }

    @Test
    void aLoginIsNoPartner() {
        provider.setLinkOnly(false);
        assertThat(PartnerSettings.flaw(provider).orElseThrow()).contains("Account linking only");
    }

    @Test
    void tokensAreStored() {
        provider.setStoreToken(false);
        assertThat(PartnerSettings.flaw(provider).orElseThrow()).contains("Store tokens");
    }

    @ParameterizedTest
    @CsvSource({
        "partnerScopes,''",
        "partnerScopes,po\\ts",
        "partnerScopes,pöts",
        "defaultScope,openid pots",
        "syncMode,FORCE",
        "forwardParameters,acr_values",
        "partnerRevocationUrl,''",
        "partnerRevocationUrl,/revoke",
        "partnerRevocationUrl,ftp://harvest.example",
        "partnerRevocationUrl,not a url"
    })
    void eachFlawIsNamed(String setting, String value) {
        provider.getConfig().put(setting, value);
        assertThat(PartnerSettings.flaw(provider)).isPresent();
    }

    @Test
    void scopesAreBounded() {
        provider.getConfig()
                .put(
                        "partnerScopes",
                        IntStream.range(0, 21).mapToObj(i -> "s" + i).collect(Collectors.joining(" ")));
        assertThat(PartnerSettings.flaw(provider).orElseThrow()).contains("1 to 20");
        provider.getConfig().put("partnerScopes", "s".repeat(101));
        assertThat(PartnerSettings.flaw(provider)).isPresent();
    }
}
