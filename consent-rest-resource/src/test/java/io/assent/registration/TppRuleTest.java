package io.assent.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.registration.TppForm.Authentication;
import io.assent.registration.TppForm.Ciba;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientRepresentation;

/** What a TPP's client must be like. */
class TppRuleTest {

    private static final String ENDPOINT = "https://acme.example/answers";
    private static final String KEYS = "https://acme.example/keys";

    private final TppRule rule =
            new TppRule(Set.of("balances", "payments"), true, List.of("basic"), name -> !name.contains("Bank"), false);

    private static TppForm polling() {
        return form(Optional.of(Ciba.POLL), Optional.empty(), Set.of());
    }

    private static TppForm redirecting(String... uris) {
        return form(Optional.empty(), Optional.empty(), Set.of(uris));
    }

    private static TppForm form(Optional<Ciba> ciba, Optional<String> endpoint, Set<String> redirectUris) {
        return new TppForm(
                "acme",
                "Acme",
                ciba,
                endpoint,
                redirectUris,
                Set.of("balances"),
                false,
                Authentication.CLIENT_SECRET,
                Optional.empty(),
                Optional.empty());
    }

    private static TppForm byKey(Optional<String> jwksUrl) {
        return keyed(Authentication.PRIVATE_KEY_JWT, jwksUrl);
    }

    private static TppForm keyed(Authentication authentication, Optional<String> jwksUrl) {
        return keyed(authentication, jwksUrl, Optional.empty());
    }

    private static TppForm keyed(Authentication authentication, Optional<String> jwksUrl, Optional<String> jwks) {
        return form("Acme", Set.of("balances"), false, authentication, jwksUrl, jwks);
    }

    private static TppForm asking(String name, String... permissions) {
        return form(name, Set.of(permissions), false, Authentication.CLIENT_SECRET, Optional.empty(), Optional.empty());
    }

    private static TppForm offline() {
        return form("Acme", Set.of("balances"), true, Authentication.CLIENT_SECRET, Optional.empty(), Optional.empty());
    }

    private static TppForm form(
            String name,
            Set<String> permissions,
            boolean offlineAccess,
            Authentication authentication,
            Optional<String> jwksUrl,
            Optional<String> jwks) {
        return new TppForm(
                "acme",
                name,
                Optional.of(Ciba.POLL),
                Optional.empty(),
                Set.of(),
                permissions,
                offlineAccess,
                authentication,
                jwksUrl,
                jwks);
    }

    @Test
    void itNeedsConsentAndGetsNothingThatNobodySaid() {
        ClientRepresentation client = rule.client(polling());

        assertThat(client.isConsentRequired()).isTrue();
        assertThat(client.isFullScopeAllowed()).isFalse();
        assertThat(client.getDefaultClientScopes()).containsExactly("basic");
        assertThat(client.getOptionalClientScopes()).containsExactly("balances");
        assertThat(List.of(
                        client.isPublicClient(),
                        client.isStandardFlowEnabled(),
                        client.isImplicitFlowEnabled(),
                        client.isDirectAccessGrantsEnabled(),
                        client.isServiceAccountsEnabled()))
                .containsOnly(false);
        assertThat(client.getRedirectUris()).isEmpty();
        assertThat(client.getWebOrigins()).isEmpty();
        assertThat(client.getSecret()).isNull();
        assertThat(client.getAttributes())
                .isEqualTo(Map.of(
                        "oidc.ciba.grant.enabled", "true",
                        "ciba.backchannel.token.delivery.mode", "poll",
                        "oauth2.device.authorization.grant.enabled", "false"));
    }

    @Test
    void oneThatReadsWithoutTheCustomerMayAskForThatBesideItsPermissions() {
        assertThat(rule.flaw(offline())).isEmpty();
        assertThat(rule.client(offline()).getOptionalClientScopes())
                .containsExactlyInAnyOrder("balances", "offline_access");
        assertThat(rule.client(offline()).getDefaultClientScopes()).containsExactly("basic");
        assertThat(rule.isSo(rule.client(polling()), offline())).isFalse();
    }

    @Test
    void nobodyReadsWithoutTheCustomerWhereTheRealmHasNoScopeForIt() {
        TppRule without = new TppRule(Set.of("balances"), false, List.of("basic"), name -> true, false);

        assertThat(without.flaw(offline())).contains(RegistrationFlaw.NO_OFFLINE_ACCESS);
        assertThat(without.flaw(polling())).isEmpty();
    }

    @Test
    void oneThatIsPingedHasItsEndpoint() {
        TppForm pinged = form(Optional.of(Ciba.PING), Optional.of(ENDPOINT), Set.of());

        assertThat(rule.flaw(pinged)).isEmpty();
        assertThat(rule.client(pinged).getAttributes())
                .containsEntry("ciba.backchannel.token.delivery.mode", "ping")
                .containsEntry("ciba.backchannel.client.notification.endpoint", ENDPOINT);
    }

    @Test
    void oneThatAsksByRedirectAloneHasNoCibaAndHasToUsePkce() {
        ClientRepresentation client = rule.client(redirecting("https://acme.example/back"));

        assertThat(client.isStandardFlowEnabled()).isTrue();
        assertThat(client.getRedirectUris()).containsExactly("https://acme.example/back");
        assertThat(client.getWebOrigins()).isEmpty();
        assertThat(client.getAttributes())
                .containsEntry("oidc.ciba.grant.enabled", "false")
                .containsEntry("pkce.code.challenge.method", "S256")
                .doesNotContainKey("ciba.backchannel.token.delivery.mode");
    }

    @Test
    void oneWithAKeyHasItByItsAddress() {
        ClientRepresentation client = rule.client(byKey(Optional.of(KEYS)));

        assertThat(client.getClientAuthenticatorType()).isEqualTo("client-jwt");
        assertThat(client.getAttributes()).containsEntry("use.jwks.url", "true").containsEntry("jwks.url", KEYS);
    }

    @Test
    void oneWithAKeyMayGiveTheKeyItself() {
        TppForm form = keyed(Authentication.PRIVATE_KEY_JWT, Optional.empty(), Optional.of("{}"));
        ClientRepresentation client = rule.client(form);

        assertThat(rule.flaw(form)).isEmpty();
        assertThat(client.getClientAuthenticatorType()).isEqualTo("client-jwt");
        assertThat(client.getAttributes())
                .containsEntry("use.jwks.string", "true")
                .containsEntry("jwks.string", "{}")
                .doesNotContainKey("jwks.url");
        assertThat(rule.isSo(client, form)).isTrue();
    }

    @Test
    void forTrialsPingsGoToThisMachineToo() {
        TppRule forTrials = new TppRule(Set.of("balances"), false, List.of(), name -> true, true);

        for (String endpoint : List.of(ENDPOINT, "http://localhost:8080/x", "http://127.0.0.1/x")) {
            assertThat(forTrials.flaw(form(Optional.of(Ciba.PING), Optional.of(endpoint), Set.of())))
                    .as(endpoint)
                    .isEmpty();
        }
        assertThat(forTrials.flaw(form(Optional.of(Ciba.PING), Optional.of("http://acme.example/x"), Set.of())))
                .contains(RegistrationFlaw.ENDPOINT_NOT_HTTPS);
        assertThat(forTrials.flaw(byKey(Optional.of("http://localhost/keys"))))
                .contains(RegistrationFlaw.KEYS_NOT_HTTPS);
    }

    static Stream<Map.Entry<RegistrationFlaw, TppForm>> flaws() {
        return Stream.of(
                Map.entry(RegistrationFlaw.NAME_NOT_SHOWN, asking("The Bank", "balances")),
                Map.entry(RegistrationFlaw.NO_WAY_TO_ASK, redirecting()),
                Map.entry(
                        RegistrationFlaw.PING_WITHOUT_ENDPOINT,
                        form(Optional.of(Ciba.PING), Optional.empty(), Set.of())),
                Map.entry(
                        RegistrationFlaw.ENDPOINT_WITHOUT_PING,
                        form(Optional.of(Ciba.POLL), Optional.of(ENDPOINT), Set.of())),
                Map.entry(RegistrationFlaw.REDIRECT_WITH_WILDCARD, redirecting("https://acme.example/*")),
                Map.entry(RegistrationFlaw.NO_PERMISSION, asking("Acme")),
                Map.entry(RegistrationFlaw.UNKNOWN_PERMISSION, asking("Acme", "balances", "profile")),
                Map.entry(RegistrationFlaw.KEY_WITHOUT_ADDRESS, byKey(Optional.empty())),
                Map.entry(RegistrationFlaw.ADDRESS_WITHOUT_KEY, keyed(Authentication.CLIENT_SECRET, Optional.of(KEYS))),
                Map.entry(
                        RegistrationFlaw.ADDRESS_WITHOUT_KEY,
                        keyed(Authentication.CLIENT_SECRET, Optional.empty(), Optional.of("{}"))),
                Map.entry(
                        RegistrationFlaw.ADDRESS_WITHOUT_KEY,
                        keyed(Authentication.PRIVATE_KEY_JWT, Optional.of(KEYS), Optional.of("{}"))),
                Map.entry(RegistrationFlaw.KEYS_NOT_HTTPS, byKey(Optional.of("http://acme.example/keys"))));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void whatIsWrongIsNamed(Map.Entry<RegistrationFlaw, TppForm> wrong) {
        assertThat(rule.flaw(wrong.getValue())).contains(wrong.getKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.example/x",
                "http://localhost/x",
                "https:///x",
                "https://user@acme.example/x",
                "https://acme.example/x#y",
                "acme.example",
                "javascript:alert(1)",
                "https://acme.example/%"
            })
    void pingsGoByHttpsToAHost(String endpoint) {
        assertThat(rule.flaw(form(Optional.of(Ciba.PING), Optional.of(endpoint), Set.of())))
                .contains(RegistrationFlaw.ENDPOINT_NOT_HTTPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.example/x",
                "http://localhost.acme.example/x",
                "http://127.0.0.2/x",
                "https:///x",
                "https://user@acme.example/x",
                "https://acme.example/x#y",
                "/back",
                "acme:/back",
                "javascript:alert(1)",
                "data:text/html,x"
            })
    void theBrowserIsSentToNoUnsafeAddress(String uri) {
        assertThat(rule.flaw(redirecting("https://acme.example/back", uri)))
                .contains(RegistrationFlaw.REDIRECT_NOT_SAFE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.example/back?x=1",
                "http://localhost:8080/x",
                "http://127.0.0.1/x",
                "http://[::1]:1/x"
            })
    void theBrowserIsSentByHttpsOrToTheCustomersOwnMachine(String uri) {
        assertThat(rule.flaw(redirecting(uri))).isEmpty();
    }

    @Test
    void theSameFormIsTheSameClient() {
        for (TppForm form : List.of(
                polling(),
                offline(),
                form(Optional.of(Ciba.PING), Optional.of(ENDPOINT), Set.of("https://acme.example/back")),
                byKey(Optional.of(KEYS)))) {
            assertThat(rule.isSo(rule.client(form), form)).isTrue();
        }
    }

    @Test
    void theOrderOfListsAndTheSwitchAndWhatTheServerAddsMakeNoOtherClient() {
        TppForm form = redirecting("https://acme.example/1", "https://acme.example/2");
        ClientRepresentation there = rule.client(form);
        there.setRedirectUris(List.of("https://acme.example/2", "https://acme.example/1"));
        there.setEnabled(false);
        Map<String, String> attributes = new HashMap<>(there.getAttributes());
        attributes.put("client.secret.creation.time", "1");
        there.setAttributes(attributes);

        assertThat(rule.isSo(there, form)).isTrue();
    }

    static Stream<Consumer<ClientRepresentation>> changes() {
        return Stream.of(
                client -> client.setName("Other"),
                client -> client.setFullScopeAllowed(true),
                client -> client.setConsentRequired(false),
                client -> client.setServiceAccountsEnabled(true),
                client -> client.setPublicClient(true),
                client -> client.setStandardFlowEnabled(true),
                client -> client.setRedirectUris(List.of("https://acme.example/back")),
                client -> client.setWebOrigins(List.of("+")),
                client -> client.setOptionalClientScopes(List.of("balances", "payments")),
                client -> client.setDefaultClientScopes(List.of("basic", "roles")),
                client -> client.setClientAuthenticatorType("client-jwt"),
                client -> client.getAttributes().put("ciba.backchannel.token.delivery.mode", "ping"),
                client -> client.getAttributes().put("jwks.url", KEYS));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatWasChangedSinceIsAnotherClient(Consumer<ClientRepresentation> change) {
        ClientRepresentation there = rule.client(polling());
        change.accept(there);

        assertThat(rule.isSo(there, polling())).isFalse();
    }
}
