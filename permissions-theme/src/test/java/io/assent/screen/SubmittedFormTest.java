package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.screen.SubmittedForm.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubmittedFormTest {

    @Test
    void anApprovalNamesWhatWasChosen() {
        SubmittedForm form = SubmittedForm.of(form("approve", List.of("a", "b", "a")));

        assertThat(form.answer()).isEqualTo(Answer.APPROVE);
        assertThat(form.chosen()).containsExactly("a", "b");
    }

    @Test
    void aDenialIsOne() {
        assertThat(SubmittedForm.of(Map.of("decision", List.of("deny"))).answer())
                .isEqualTo(Answer.DENY);
    }

    @Test
    void anAnswerThatIsNoneKeepsWhatWasChosen() {
        SubmittedForm form = SubmittedForm.of(form("perhaps", List.of("a")));

        assertThat(form.answer()).isEqualTo(Answer.UNREADABLE);
        assertThat(form.chosen()).containsExactly("a");
        assertThat(SubmittedForm.of(Map.of("decision", List.of("approve", "deny")))
                        .answer())
                .isEqualTo(Answer.UNREADABLE);
    }

    @Test
    void moreThanTheScreenOffersIsNotRead() {
        assertThat(SubmittedForm.of(form("approve", names(SubmittedForm.MAX_CHOSEN)))
                        .answer())
                .isEqualTo(Answer.APPROVE);

        SubmittedForm tooMany = SubmittedForm.of(form("approve", names(SubmittedForm.MAX_CHOSEN + 1)));
        assertThat(tooMany.answer()).isEqualTo(Answer.UNREADABLE);
        assertThat(tooMany.chosen()).isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsNotRead() {
        String longest = "a".repeat(SubmittedForm.MAX_NAME_LENGTH);

        assertThat(SubmittedForm.of(form("approve", List.of(longest))).answer()).isEqualTo(Answer.APPROVE);
        assertThat(SubmittedForm.of(form("approve", List.of(longest + "a"))).answer())
                .isEqualTo(Answer.UNREADABLE);
    }

    @Test
    void accountsAreNamedByThePlaceOfTheirDetail() {
        SubmittedForm form = SubmittedForm.of(
                Map.of("decision", List.of("approve"), "account-0", List.of("a", "b"), "account-2", List.of("c", "")));

        assertThat(form.answer()).isEqualTo(Answer.APPROVE);
        assertThat(form.accounts().get(0)).containsExactly("a", "b");
        assertThat(form.accounts().get(1)).isEmpty();
        assertThat(form.accounts().get(2)).containsExactly("c");
    }

    @Test
    void moreAccountsThanAnybodyIsShownAreNotRead() {
        assertThat(SubmittedForm.of(Map.of("decision", List.of("approve"), "account-9", names(AccountList.MOST)))
                        .answer())
                .isEqualTo(Answer.APPROVE);
        assertThat(SubmittedForm.of(Map.of("decision", List.of("approve"), "account-9", names(AccountList.MOST + 1))))
                .isEqualTo(SubmittedForm.UNREADABLE);
        assertThat(SubmittedForm.of(Map.of(
                        "decision", List.of("approve"), "account-0", List.of("a".repeat(Account.MAX_LENGTH + 1)))))
                .isEqualTo(SubmittedForm.UNREADABLE);
    }

    @Test
    void thePageCanBeAskedForAgain() {
        assertThat(SubmittedForm.of(Map.of("decision", List.of("again"))).answer())
                .isEqualTo(Answer.AGAIN);
        assertThat(SubmittedForm.of(Map.of("decision", List.of("again", "approve")))
                        .answer())
                .isEqualTo(Answer.UNREADABLE);
    }

    private static Map<String, List<String>> form(String decision, List<String> permissions) {
        return Map.of("decision", List.of(decision), "permission", permissions);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "name." + number).toList();
    }
}
