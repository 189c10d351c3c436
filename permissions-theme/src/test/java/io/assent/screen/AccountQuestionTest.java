package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.Account;
import io.assent.detail.AccountField;
import io.assent.detail.ShownDetail.AccountChoice;
import io.assent.screen.AccountQuestion.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccountQuestionTest {

    private static final AccountField MANY = new AccountField("accounts", true, true);
    private static final AccountField ONE = new AccountField("account", false, true);
    private static final AccountField ONE_AT_WILL = new AccountField("account", false, false);

    private static AccountChoice choice(AccountField field, Set<String> named, String... accounts) {
        return new AccountChoice(
                field,
                named,
                Stream.of(accounts)
                        .map(id -> new Account(id, "Name of " + id, null, null, null))
                        .toList(),
                false);
    }

    private static Optional<Kind> kind(AccountChoice choice) {
        return AccountQuestion.of(0, choice, Set.of()).map(AccountQuestion::kind);
    }

    @Test
    void severalAreTicked() {
        assertThat(kind(choice(MANY, Set.of(), "a", "b"))).contains(Kind.SOME);
        assertThat(kind(choice(MANY, Set.of("a", "b"), "a", "b"))).contains(Kind.SOME);
    }

    @Test
    void oneIsPicked() {
        assertThat(kind(choice(ONE, Set.of(), "a", "b"))).contains(Kind.ONE);
    }

    @Test
    void theBankMayPickWhereNoneIsNeeded() {
        assertThat(kind(choice(ONE_AT_WILL, Set.of(), "a"))).contains(Kind.ONE_OR_NONE);
    }

    @Test
    void whatTheClientNamedIsNotLeftToTheBank() {
        assertThat(kind(choice(ONE_AT_WILL, Set.of("a"), "a"))).contains(Kind.FIXED);
    }

    @Test
    void thereIsNothingToChooseWhereOneIsLeft() {
        assertThat(kind(choice(MANY, Set.of(), "a"))).contains(Kind.FIXED);
        assertThat(kind(choice(ONE, Set.of(), "a"))).contains(Kind.FIXED);
    }

    @Test
    void withoutAnAccountThatIsNeededThereIsNoWayOn() {
        assertThat(kind(choice(MANY, Set.of()))).contains(Kind.NONE);
        assertThat(kind(choice(ONE_AT_WILL, Set.of("gone")))).contains(Kind.NONE);
        assertThat(kind(choice(ONE_AT_WILL, Set.of()))).isEmpty();
    }

    @Test
    void whatIsNotKnownKeepsFromGoingOnOnlyWhereOneIsNeeded() {
        assertThat(kind(new AccountChoice(MANY, Set.of(), List.of(), true))).contains(Kind.UNAVAILABLE);
        assertThat(kind(new AccountChoice(ONE_AT_WILL, Set.of("a"), List.of(), true)))
                .contains(Kind.UNAVAILABLE);
        assertThat(kind(new AccountChoice(ONE_AT_WILL, Set.of(), List.of(), true)))
                .contains(Kind.LEFT_TO_BANK);
    }

    @Test
    void whatWasChosenAndIsGoneIsChosenNoMore() {
        AccountQuestion question = AccountQuestion.of(3, choice(MANY, Set.of(), "a", "b"), Set.of("b", "gone"))
                .orElseThrow();

        assertThat(question.field()).isEqualTo("account-3");
        assertThat(question.chosen()).containsExactly("b");
    }
}
