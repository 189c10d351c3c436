package io.assent.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.http.Answer;

/** What staff are told who ask for what is not theirs to see or to change. */
final class StaffAnswers {

    static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("missing-rights");
    }

    static void assertUnknown(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    private StaffAnswers() {}
}
