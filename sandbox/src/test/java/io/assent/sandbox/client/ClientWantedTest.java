package io.assent.sandbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.registration.TppForm;
import io.assent.registration.TppForm.Authentication;
import io.assent.registration.TppForm.Ciba;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientWantedTest {

    private static final Optional<String> URI = Optional.of("https://acme.example/x");
    private static final String SANDBOX = "http://localhost:8080/realms/bank/sandbox/notifications";

    /** The key of RFC 7517, appendix A.1. */
    private static final PublicKey KEY =
            new PublicKey("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");

    private static ClientWanted wanted(
            Kind kind, Optional<String> redirectUri, Optional<String> endpoint, Optional<PublicKey> key) {
        return new ClientWanted(kind, "Acme", redirectUri, endpoint, false, key);
    }

    private static ClientWanted sound(Kind kind) {
        return wanted(
                kind,
                kind.sendsTheBrowser() ? URI : Optional.empty(),
                Optional.empty(),
                kind == Kind.FAPI ? Optional.of(KEY) : Optional.empty());
    }

    private static TppForm form(ClientWanted wanted) {
        return wanted.form("sandbox-tpp-1", Set.of("balances"), SANDBOX);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindNeedsItsOwnAndNothingElse(Kind kind) {
        ClientWanted sound = sound(kind);
        assertThat(sound.flaw()).isEmpty();

        Optional<String> otherUri = sound.redirectUri().isPresent() ? Optional.empty() : URI;
        assertThat(wanted(kind, otherUri, Optional.empty(), sound.key()).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("redirectUri"));
        Optional<PublicKey> otherKey = sound.key().isPresent() ? Optional.empty() : Optional.of(KEY);
        assertThat(wanted(kind, sound.redirectUri(), Optional.empty(), otherKey).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("jwk"));
        assertThat(wanted(kind, sound.redirectUri(), URI, sound.key()).flaw().isEmpty())
                .isEqualTo(kind == Kind.PING);
    }

    @Test
    void whoPollsOrIsPingedAsksByCibaWithASecret() {
        assertThat(form(sound(Kind.POLL)).ciba()).contains(Ciba.POLL);
        assertThat(form(sound(Kind.POLL)).notificationEndpoint()).isEmpty();
        assertThat(form(sound(Kind.PING)).ciba()).contains(Ciba.PING);
        assertThat(form(sound(Kind.PING)).authentication()).isEqualTo(Authentication.CLIENT_SECRET);
    }

    @Test
    void itReadsWithoutTheCustomerOnlyIfItsDeveloperWantsThat() {
        ClientWanted polling = sound(Kind.POLL);
        ClientWanted offline = new ClientWanted(
                polling.kind(), polling.name(), Optional.empty(), Optional.empty(), true, Optional.empty());

        assertThat(form(polling).scopes()).containsExactly("balances");
        assertThat(form(offline).scopes()).containsExactlyInAnyOrder("balances", "offline_access");
    }

    @Test
    void pingsGoToTheSandboxUnlessTheDeveloperHasAnEndpoint() {
        assertThat(form(sound(Kind.PING)).notificationEndpoint()).contains(SANDBOX);
        assertThat(form(wanted(Kind.PING, Optional.empty(), URI, Optional.empty()))
                        .notificationEndpoint())
                .isEqualTo(URI);
    }

    @Test
    void oneOfFapiHasItsKeyAndNoSecret() throws Exception {
        TppForm form = form(sound(Kind.FAPI));

        assertThat(form.authentication()).isEqualTo(Authentication.PRIVATE_KEY_JWT);
        assertThat(form.redirectUris()).containsExactly(URI.orElseThrow());
        JsonNode keys = new ObjectMapper().readTree(form.jwks().orElseThrow()).get("keys");
        assertThat(keys).hasSize(1);
        assertThat(keys.at("/0/x").asText()).isEqualTo(KEY.x());
        assertThat(keys.at("/0/kid").asText()).isEqualTo(KEY.id()).hasSize(43);
        assertThat(keys.at("/0/d").isMissingNode()).isTrue();
    }
}
