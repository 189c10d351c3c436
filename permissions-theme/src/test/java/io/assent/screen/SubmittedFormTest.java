package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.passkey.PasskeyAssertion;
import io.assent.screen.SubmittedForm.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubmittedFormTest {

    private static final Map<String, List<String>> SIGNED = Map.of(
            "decision", List.of("approve"),
            "passkey-credential", List.of("id"),
            "passkey-client-data", List.of("client"),
            "passkey-authenticator-data", List.of("data"),
            "passkey-signature", List.of("signature"));

    @Test
    void aPasskeySignsIt() {
        assertThat(SubmittedForm.of(SIGNED).assertion())
                .contains(new PasskeyAssertion("id", "client", "data", "signature"));
        assertThat(SubmittedForm.of(form("approve", List.of())).assertion()).isEmpty();
    }

    @Test
    void aSignatureInPartIsRefusedAsOneAndNotOverlooked() {
        assertThat(SubmittedForm.of(Map.of("decision", List.of("approve"), "passkey-signature", List.of("signature")))
                        .assertion())
                .contains(new PasskeyAssertion("", "", "", "signature"));
    }

    @Test
    void aSignatureThatNoPageSendsIsNotRead() {
        for (String part : SIGNED.keySet()) {
            if (!part.equals("decision")) {
                Map<String, List<String>> twice = new HashMap<>(SIGNED);
                twice.put(part, List.of("a", "b"));
                assertThat(SubmittedForm.of(twice)).as(part).isEqualTo(SubmittedForm.UNREADABLE);
                Map<String, List<String>> tooLong = new HashMap<>(SIGNED);
                tooLong.put(part, List.of("a".repeat(PasskeyAssertion.MAX_LENGTH + 1)));
                assertThat(SubmittedForm.of(tooLong)).as(part).isEqualTo(SubmittedForm.UNREADABLE);
            }
        }
    }

    @Test
    void whatIsSignedIsAllThatWasChosenInOneForm() {
        SubmittedForm form = SubmittedForm.of(Map.of(
                "decision", List.of("approve"),
                "permission", List.of("b", "a\"\u20ac", "b"),
                "account-2", List.of("second", "first"),
                "account-0", List.of("only"),
                "account-1", List.of("")));

        assertThat(form.covered("challenge", "hash"))
                .isEqualTo("{\"accounts\":{\"0\":[\"only\"],\"2\":[\"first\",\"second\"]},"
                        + "\"chl\":\"challenge\",\"dsp\":\"hash\",\"permissions\":[\"a\\\"\u20ac\",\"b\"]}");
        assertThat(SubmittedForm.of(form("approve", List.of())).covered("challenge", "hash"))
                .isEqualTo("{\"accounts\":{},\"chl\":\"challenge\",\"dsp\":\"hash\",\"permissions\":[]}");
    }

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
