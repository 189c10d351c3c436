package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.permission.ConsentSettings;
import io.assent.personal.PersonalClient;
import io.assent.phoneapp.PhoneApps;
import io.assent.screen.link.ContinueInApp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;

class ConsentScreenActionFactoryTest {

    private final ConsentScreenActionFactory action = new ConsentScreenActionFactory();

    @Test
    void theConsoleOffersTheSettingsThatAreRead() {
        assertThat(action.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        ConsentSettings.GRANULARITY,
                        ConsentSettings.SELECTABLE_CLIENTS,
                        ConsentSettings.ASK_AGAIN,
                        ConsentSettings.OWN_CLIENTS,
                        ConsentSettings.ONE_TIME,
                        ConsentSettings.RESERVED_NAMES,
                        ConsentSettings.LOGIN_HINTS,
                        ConsentSettings.CONCEALS_CUSTOMERS,
                        ConsentSettings.ACCOUNT_SOURCE,
                        ContinueInApp.SETTING,
                        PersonalClient.SETTING,
                        PhoneApps.ANDROID,
                        PhoneApps.IOS);
        assertThat(action.isConfigurable()).isTrue();
    }

    @Test
    void allOrNothingIsTheDefault() {
        ProviderConfigProperty granularity = action.getConfigMetadata().get(0);

        assertThat(granularity.getDefaultValue()).isEqualTo("all-or-nothing");
        assertThat(granularity.getOptions()).containsExactly("all-or-nothing", "named-clients", "all-clients");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-or-nothing", "named-clients", "all-clients"})
    void everyOfferedGranularityIsAccepted(String granularity) {
        assertThatCode(() -> validate(Map.of(ConsentSettings.GRANULARITY, granularity)))
                .doesNotThrowAnyException();
    }

    @Test
    void noSettingsAreAccepted() {
        assertThatCode(() -> validate(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "ALL-CLIENTS", " all-clients"})
    void anUnknownGranularityIsRefusedWithWhatToSet(String granularity) {
        assertThatThrownBy(() -> validate(Map.of(ConsentSettings.GRANULARITY, granularity)))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.getErrors())
                        .singleElement()
                        .satisfies(error -> {
                            assertThat(error.getAttribute()).isEqualTo(ConsentSettings.GRANULARITY);
                            assertThat(error.getMessage()).contains("all-or-nothing", "named-clients", "all-clients");
                        }));
    }

    @Test
    void whoIsOfferedToGoOnInTheAppIsOneOfThree() {
        for (String offered : ContinueInApp.spellings()) {
            assertThatCode(() -> validate(Map.of(ContinueInApp.SETTING, offered)))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> validate(Map.of(ContinueInApp.SETTING, "sometimes")))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.getErrors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.getMessage())
                                .contains("with-device", "always", "never")
                                .doesNotContain(":")));
    }

    private void validate(Map<String, String> settings) {
        RequiredActionConfigModel config = new RequiredActionConfigModel();
        config.setConfig(settings);
        action.validateConfig(null, null, config);
    }
}
