package io.assent.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientScopeRepresentation;

class TemplateTest {

    private final Template template = Template.read();

    @Test
    void allThatSetupNeedsIsInTheFile() {
        assertThat(template.permissions())
                .extracting(ClientScopeRepresentation::getName)
                .contains("accounts.balances", "payments.initiate")
                .doesNotContain("consent-app");
        assertThat(template.otherScopes())
                .extracting(ClientScopeRepresentation::getName)
                .containsExactlyInAnyOrder("consent-app", "grant_management_query", "grant_management_revoke");
        assertThat(template.appScope().getProtocolMappers()).hasSize(1);
        assertThat(template.app().getDefaultClientScopes()).contains("consent-app");
        assertThat(template.screen().isEnabled()).isTrue();
        assertThat(template.loginTheme()).isEqualTo("permissions");
        assertThat(template.accountTheme()).isEqualTo("permissions");
        assertThat(template.languages()).containsExactly("de", "en", "es", "fr");
        assertThat(template.languages()).contains(template.defaultLanguage());
        assertThat(template.policy().getProfiles())
                .containsExactly(template.profile().getName());
        assertThat(template.eventsExpiration()).isPositive();
    }

    @Test
    void nobodyCanLogInWithTheAppBeforeTheBankSaysWhereItIs() {
        assertThat(template.app().getRedirectUris()).isEmpty();
        assertThat(template.app().isDirectAccessGrantsEnabled()).isFalse();
        assertThat(template.app().getSecret()).isNull();
    }
}
