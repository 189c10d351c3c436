package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetailTypesTest {

    private static final AccountList TWO = new AccountList.Known(
            List.of(new Account("a", "A", null, null, null), new Account("b", "B", null, null, null)));

    private final DetailTypes types =
            new DetailTypes(name -> Optional.of(new Payment()), () -> Set.of("payment"), () -> true, Instant::now);

    private static Details payment(String account) {
        return Details.parse(
                account.isEmpty()
                        ? "[{\"type\":\"payment\"}]"
                        : "[{\"type\":\"payment\",\"from\":{\"id\":\"%s\"}}]".formatted(account));
    }

    private DetailSelection select(Details asked, Details chosen) {
        return types.select(asked, Optional.of(chosen), false, () -> TWO);
    }

    @Test
    void theCustomerChoosesAnAccountOrLeavesItToTheBank() {
        assertThat(select(payment(""), payment("b"))).isEqualTo(new DetailSelection.Granted(payment("b")));
        assertThat(select(payment(""), payment(""))).isEqualTo(new DetailSelection.Granted(payment("")));
        assertThat(select(payment(""), payment("c"))).isInstanceOf(DetailSelection.Refused.class);
    }

    @Test
    void anAccountThatWasNamedIsNotLeftOut() {
        assertThat(select(payment("a"), payment("a"))).isInstanceOf(DetailSelection.Granted.class);
        assertThat(select(payment("a"), payment("b"))).isInstanceOf(DetailSelection.Refused.class);
        assertThat(select(payment("a"), payment(""))).isInstanceOf(DetailSelection.Refused.class);
    }

    @Test
    void whatIsChosenOnAPageTakesThePlaceOfWhatWasNamed() {
        assertThat(types.withAccounts(payment(""), Map.of(0, Set.of("b")))).isEqualTo(payment("b"));
        assertThat(types.withAccounts(payment("a"), Map.of(0, Set.of("b")))).isEqualTo(payment("b"));
        assertThat(types.withAccounts(payment("a"), Map.of())).isEqualTo(payment("a"));
        assertThat(types.areChoosable(payment(""), Map.of(0, Set.of("b"), 1, Set.of())))
                .isTrue();
        assertThat(types.areChoosable(payment(""), Map.of(0, Set.of("a", "b")))).isFalse();
        assertThat(types.areChoosable(payment(""), Map.of(1, Set.of("a")))).isFalse();
    }

    private static final class Payment implements ConsentDetailType {

        @Override
        public String schema() {
            return "{\"type\":\"object\"}";
        }

        @Override
        public Optional<String> flaw(ObjectNode detail, Instant now) {
            return Optional.empty();
        }

        @Override
        public List<DetailRow> rows(ObjectNode detail, Texts texts) {
            return List.of(new DetailRow("Amount", "1", DetailRow.HEADLINE));
        }

        @Override
        public boolean isOneTime() {
            return true;
        }

        @Override
        public Optional<AccountField> accounts(ObjectNode detail) {
            return Optional.of(new AccountField("from", false, false));
        }
    }
}
