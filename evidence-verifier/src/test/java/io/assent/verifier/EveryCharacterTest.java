package io.assent.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One changed character anywhere, and nothing of it holds. */
class EveryCharacterTest {

    private static final Verification VERIFICATION = new Verification(Optional.empty());

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("unsigned, sealed on a curve", Made.payment(), Made.REALM_EC, JWSAlgorithm.ES256),
                Arguments.of("signed by a phone", Made.signedByPhone(), Made.REALM, JWSAlgorithm.RS256),
                Arguments.of("amended by a phone", Made.amendedByPhone(), Made.REALM, JWSAlgorithm.RS256),
                Arguments.of("confirmed by a phone", Made.confirmedByPhone(), Made.REALM, JWSAlgorithm.RS256),
                Arguments.of("signed by a passkey", Made.signedByPasskey(), Made.REALM, JWSAlgorithm.RS256));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aChangedCharacterIsFoundWhereverItIs(String name, ObjectNode document, JWK key, JWSAlgorithm algorithm) {
        String text = text(document, key, algorithm);
        assertThat(VERIFICATION.of(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Holds.class);

        assertThat(IntStream.range(0, text.length())
                        .parallel()
                        .filter(place -> holds(text, place, neighbour(text.charAt(place)))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void theSealCanBeWrittenInOneWay(String name, ObjectNode document, JWK key, JWSAlgorithm algorithm) {
        String text = text(document, key, algorithm);
        int last = text.indexOf('"', text.indexOf("\"seal\":\"") + 8) - 1;

        assertThat("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/="
                        .chars()
                        .filter(other -> holds(text, last, (char) other)))
                .containsExactly((int) text.charAt(last));
    }

    private static boolean holds(String text, int place, char other) {
        String changed = text.substring(0, place) + other + text.substring(place + 1);
        return VERIFICATION.of(changed.getBytes(StandardCharsets.UTF_8)) instanceof Verdict.Holds;
    }

    private static String text(ObjectNode document, JWK key, JWSAlgorithm algorithm) {
        return new String(Made.sealed(document, key, algorithm, "consent-evidence+jws"), StandardCharsets.UTF_8);
    }

    /** By the lowest bit: what is the least of a change in base64. */
    private static char neighbour(char character) {
        return (char) (character ^ 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void whatIsLeftOutOrAddedIsFound(String name, ObjectNode document, JWK key, JWSAlgorithm algorithm) {
        String text = text(document, key, algorithm);

        for (String changed : List.of(
                text + "\n",
                " " + text,
                "\uFEFF" + text,
                text + "}",
                text.substring(1),
                text.replaceFirst(":", ": "))) {
            assertThat(VERIFICATION.of(changed.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Verdict.Flawed.class);
        }
        assertThat(VERIFICATION.of(text.getBytes(StandardCharsets.UTF_16))).isInstanceOf(Verdict.Flawed.class);
    }
}
