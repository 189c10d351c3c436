package io.assent.it.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.fake.data.MalformedDecisions;
import io.assent.fake.data.MalformedDecisions.Malformed;
import io.assent.testing.http.Answer;

/** How a yes is refused whose signature is not good. */
final class RefusedSignatures {

    static void assertRefused(Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    /** By what is wrong with it, which the answer names. */
    static void assertRefused(Answer answer, Malformed sent) {
        switch (sent.flaw()) {
            case MalformedDecisions.CONTENT_CHANGED -> assertRefused(answer, 409, "content-changed");
            case MalformedDecisions.SIGNATURE_REQUIRED -> assertRefused(answer, 422, "signature-required");
            default -> {
                assertRefused(answer, 422, "invalid-signature");
                assertThat(answer.text("flaw"))
                        .as(sent.name() + ": " + sent.reason())
                        .isEqualTo(sent.flaw());
            }
        }
    }

    private RefusedSignatures() {}
}
