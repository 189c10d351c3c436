package io.assent.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.assent.evidence.KeptSignature.Assertion;
import io.assent.evidence.KeptSignature.Jws;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptSignatureTest {

    static Stream<KeptSignature> signatures() {
        return Stream.of(
                new Jws("a.b.c", "{\"kty\":\"EC\"}"),
                new Jws("a.b.c", "{\"kty\":\"EC\"}", "{\"format\":\"android-key\",\"level\":\"hardware\"}"),
                new Assertion("id", "client", "data", "signature", "key", "{\"chl\":\"x\"}"));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void whatIsKeptIsReadAgainAsItWas(KeptSignature signature) {
        assertThat(KeptSignature.parse(signature.json().toString())).isEqualTo(signature);
    }

    @Test
    void anotherKindIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeptSignature.parse("{\"kind\":\"fax\"}"));
    }
}
