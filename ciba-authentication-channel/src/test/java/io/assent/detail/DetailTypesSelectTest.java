package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.account.AccountList;
import io.assent.detail.DetailSelection.Granted;
import io.assent.detail.DetailSelection.Refused;
import io.assent.detail.DetailSelection.Unavailable;
import io.assent.text.PackTexts;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a customer may grant, and what became of it later. */
class DetailTypesSelectTest {

    private static final AccountList OWN = Sent.accounts("a1", "a2", "a3");

    private final DetailTypes bank = Sent.bank();

    @Test
    void whatWasAskedForIsGranted() {
        Details asked = Sent.asked(Sent.RECURRING, Sent.BALANCES_OF);

        assertThat(select(asked, asked)).isEqualTo(new Granted(asked));
        assertThat(bank.select(asked, Optional.empty(), false, () -> OWN)).isEqualTo(new Granted(asked));
        assertThat(select(Details.NONE, Details.NONE)).isEqualTo(new Granted(Details.NONE));
    }

    @Test
    void aPaymentWithoutAnAccountAsksForNone() {
        Details asked = Sent.asked(Sent.PAYMENT);

        assertThat(bank.select(asked, Optional.empty(), false, () -> {
                    throw new IllegalStateException("nobody needs the accounts");
                }))
                .isEqualTo(new Granted(asked));
        assertThat(select(asked, granted(Sent.PAYMENT_FROM))).isInstanceOf(Granted.class);
        assertRefused(
                select(asked, granted(Sent.PAYMENT_FROM.replace("a1", "b1"))),
                "grantedDetails[0] debtorAccount names an account that the customer does not have");
    }

    @Test
    void whatIsGrantedOnTopTakesThePlaceOfWhatItAllows() {
        Details wide = Sent.asked(Sent.BALANCES);
        Details narrow = Sent.asked(Sent.BALANCES_OF);
        Details other = Sent.asked(Sent.RECURRING);

        assertThat(bank.merged(narrow.and(other), wide)).isEqualTo(other.and(wide));
        assertThat(bank.merged(wide, wide)).isEqualTo(wide);
        assertThat(bank.merged(wide, narrow)).as("the answer that tokens name").isEqualTo(wide.and(narrow));
        assertThat(bank.merged(wide, Details.NONE)).isEqualTo(wide);
    }

    @Test
    void accountsAreChosenUpToWhatMayBeAskedFor() {
        String[] ids = IntStream.range(0, 50)
                .mapToObj(number -> "%0120d".formatted(number))
                .toArray(String[]::new);
        Details asked = Sent.asked(Sent.BALANCES, Sent.BALANCES.replace("2027-03-31", "2027-03-30"));
        Set<String> all = Set.of(ids);
        Details one = bank.withAccounts(asked, Map.of(0, all, 1, Set.of(ids[0])));
        Details both = bank.withAccounts(asked, Map.of(0, all, 1, all));

        assertThat(bank.select(asked, Optional.of(one), false, () -> Sent.accounts(ids)))
                .isEqualTo(new Granted(one));
        assertThat(DetailTypes.isTooLong(one, asked)).isFalse();
        assertThat(DetailTypes.isTooLong(both, asked)).isTrue();
        assertRefused(
                bank.select(asked, Optional.of(both), false, () -> Sent.accounts(ids)),
                "grantedDetails is longer than 8192 bytes: choose fewer accounts");
    }

    @Test
    void anAccountThatWasAskedForCannotBeDropped() {
        Details asked = Sent.asked(Sent.PAYMENT_FROM);

        assertThat(select(asked, asked)).isInstanceOf(Granted.class);
        assertNotWithin(select(asked, granted(Sent.PAYMENT)));
        assertNotWithin(select(asked, granted(Sent.PAYMENT_FROM.replace("a1", "a2"))));
    }

    @Test
    void whereAnAccountHasToBeChosenNothingIsGrantedWithout() {
        Details asked = Sent.asked(Sent.BALANCES);
        String missing = "grantedDetails[0] accounts is missing: the customer chooses an account";

        assertRefused(bank.select(asked, Optional.empty(), false, () -> OWN), missing);
        assertRefused(select(asked, granted(Sent.BALANCES)), missing);
        assertRefused(
                select(asked, granted(Sent.with(Sent.BALANCES, "'accounts':[]"))),
                "grantedDetails[0] accounts is an empty list");
        assertThat(select(asked, granted(Sent.BALANCES_OF))).isInstanceOf(Granted.class);
    }

    @Test
    void noAccountButTheCustomersIsGranted() {
        String foreign = "grantedDetails[0] accounts names an account that the customer does not have";

        assertRefused(
                select(Sent.asked(Sent.BALANCES), granted(Sent.with(Sent.BALANCES, "'accounts':[{'id':'b1'}]"))),
                foreign);
        assertRefused(
                bank.select(Sent.asked(Sent.BALANCES_OF), Optional.empty(), false, () -> Sent.accounts("a1")), foreign);
        assertRefused(
                bank.select(Sent.asked(Sent.BALANCES_OF), Optional.empty(), false, AccountList.Unset::new), foreign);
        assertRefused(
                bank.select(Sent.asked(Sent.BALANCES_OF), Optional.empty(), false, () -> Sent.accounts()), foreign);
    }

    @Test
    void noAccountButThoseAskedForIsGranted() {
        Details asked = Sent.asked(Sent.BALANCES_OF);

        assertThat(select(asked, granted(Sent.with(Sent.BALANCES, "'accounts':[{'id':'a2'}]"))))
                .isInstanceOf(Granted.class);
        assertNotWithin(select(asked, granted(Sent.with(Sent.BALANCES, "'accounts':[{'id':'a1'},{'id':'a3'}]"))));
    }

    @Test
    void fiftyAccountsAreGrantedAndNoMore() {
        AccountList many = Sent.accounts(
                IntStream.rangeClosed(1, 51).mapToObj(number -> "a" + number).toArray(String[]::new));
        Details asked = Sent.asked(Sent.BALANCES);

        assertThat(bank.select(asked, Optional.of(granted(balances(50))), true, () -> many))
                .isInstanceOf(Granted.class);
        assertRefused(
                bank.select(asked, Optional.of(granted(balances(51))), true, () -> many),
                "grantedDetails[0] accounts has more than 50 entries");
    }

    private static String balances(int accounts) {
        return Sent.with(
                Sent.BALANCES,
                IntStream.rangeClosed(1, accounts)
                        .mapToObj("{'id':'a%d'}"::formatted)
                        .collect(Collectors.joining(",", "'accounts':[", "]")));
    }

    @Test
    void whileTheAccountsAreNotKnownNothingIsDecided() {
        assertThat(bank.select(
                        Sent.asked(Sent.RECURRING, Sent.BALANCES_OF),
                        Optional.empty(),
                        false,
                        AccountList.Unavailable::new))
                .isEqualTo(new Unavailable());
    }

    @Test
    void theBanksSystemIsAskedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Supplier<AccountList> counted = () -> {
            calls.incrementAndGet();
            return OWN;
        };
        Details asked = Sent.asked(Sent.BALANCES_OF, Sent.with(Sent.BALANCES, "'accounts':[{'id':'a3'}]"));

        assertThat(bank.select(asked, Optional.empty(), false, counted)).isInstanceOf(Granted.class);
        assertThat(calls).hasValue(1);
        bank.shown(asked, PackTexts.in("en"), counted);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aDetailIsLeftOutOnlyWhereItMayBe() {
        Details asked = Sent.asked(Sent.RECURRING, Sent.BALANCES_OF);
        Details part = granted(Sent.BALANCES_OF);

        assertThat(bank.select(asked, Optional.of(part), true, () -> OWN)).isEqualTo(new Granted(part));
        assertRefused(
                bank.select(asked, Optional.of(part), false, () -> OWN),
                "grantedDetails leaves a detail out. This request is answered as a whole");
        assertRefused(
                bank.select(asked, Optional.of(Details.NONE), true, () -> OWN),
                "grantedDetails is empty. To grant nothing, deny the request");
    }

    @Test
    void noDetailIsAdded() {
        Details asked = Sent.asked(Sent.BALANCES_OF);

        assertRefused(
                select(asked, granted(Sent.BALANCES_OF, Sent.RECURRING)), "grantedDetails has more than was asked for");
        assertRefused(select(Details.NONE, granted(Sent.RECURRING)), "grantedDetails has more than was asked for");
        assertNotWithin(select(asked, granted(Sent.RECURRING)));
        assertNotWithin(select(asked, granted("{\"type\":\"unknown\"}")));
        assertRefused(
                select(Sent.asked(Sent.RECURRING, Sent.BALANCES_OF), granted(Sent.BALANCES_OF, Sent.BALANCES_OF)),
                "grantedDetails[1] is not within what was asked for");
    }

    @Test
    void whatIsGrantedHasNoFlawEither() {
        Details asked = Sent.asked(Sent.BALANCES_OF);

        assertRefused(
                select(asked, granted(Sent.with(Sent.BALANCES_OF, "'secret':1"))),
                "grantedDetails[0] the detail has a field that its type does not have");
        assertRefused(
                select(asked, granted(Sent.BALANCES_OF.replace("[\"list_accounts\",\"read_balances\"]", "5"))),
                "grantedDetails[0] actions has to be a list");
        assertRefused(
                Sent.bank(Sent.types(), true, Instant.parse("2027-04-01T00:00:00Z"))
                        .select(asked, Optional.empty(), false, () -> OWN),
                "grantedDetails[0] validUntil is over");
    }

    /** A bank's own type is promised that what it is asked of has passed its schema. */
    @Test
    void aTypeIsNotAskedOfWhatBreaksItsSchema() {
        DetailTypes trusting = Sent.bank(Map.of("account_information", new Trusting()));
        Details asked = Details.parse(Sent.json("[{'type':'account_information','level':2}]"));

        assertThat(trusting.select(asked, Optional.of(asked), true, () -> OWN)).isInstanceOf(Granted.class);
        assertRefused(
                trusting.select(
                        asked,
                        Optional.of(Details.parse(Sent.json("[{'type':'account_information'}]"))),
                        true,
                        () -> OWN),
                "grantedDetails[0] level is missing");
    }

    @Test
    void aTypeThatThereIsNoMoreGrantsNothing() {
        Map<String, ConsentDetailType> types = new HashMap<>(Sent.types());
        types.remove("recurring_payment");
        DetailTypes rest = Sent.bank(types);
        Details asked = Sent.asked(Sent.RECURRING, Sent.BALANCES_OF);

        assertNotWithin(rest.select(asked, Optional.empty(), false, () -> OWN));
        assertThat(rest.within(asked, asked)).isEqualTo(Sent.asked(Sent.BALANCES_OF));
        assertThat(rest.lost(Sent.ALL, asked, asked)).containsExactly("recurring_payment");
        assertThat(rest.shown(asked, PackTexts.in("de"), () -> OWN).get(0).rows())
                .containsExactly(new DetailRow("Nicht mehr bekannt", "recurring_payment", DetailRow.NORMAL));
        assertThat(rest.shown(asked, PackTexts.none("fr"), () -> OWN).get(0).rows())
                .containsExactly(new DetailRow("?", "recurring_payment", DetailRow.NORMAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[null]", "[{}]", "[{\"type\":1}]", "[1]", "["})
    void whatAnAppSendsAsGrantedIsAListOfDetails(String sent) {
        assertThat(bank.readGranted(sent))
                .isInstanceOfSatisfying(DetailFlaw.class, flaw -> assertThat(flaw.description())
                        .startsWith("grantedDetails has to be a list of at most 10 authorization details"));
    }

    @Test
    void anAppMaySendNone() {
        assertThat(bank.readGranted("[]")).isEqualTo(Details.NONE);
        assertThat(bank.readGranted(Sent.list(Sent.BALANCES_OF))).isEqualTo(Sent.asked(Sent.BALANCES_OF));
    }

    @Test
    void accountsChosenOnAPageGoToTheirPlaces() {
        Details asked = Sent.asked(Sent.RECURRING, Sent.BALANCES);
        Details chosen = bank.withAccounts(asked, Map.of(0, Set.of("a3"), 1, Set.of("a1")));

        assertThat(chosen)
                .isEqualTo(granted(
                        Sent.with(Sent.RECURRING, "'debtorAccount':{'id':'a3'}"),
                        Sent.with(Sent.BALANCES, "'accounts':[{'id':'a1'}]")));
        assertThat(select(asked, chosen)).isInstanceOf(Granted.class);
    }

    @Test
    void noneChosenOnAPageIsNoneOfAListAndTheOneThatWasAskedFor() {
        Details named = Sent.asked(Sent.BALANCES_OF);

        assertThat(select(named, bank.withAccounts(named, Map.of()))).isInstanceOf(Refused.class);
        assertThat(bank.withAccounts(Sent.asked(Sent.PAYMENT_FROM), Map.of())).isEqualTo(Sent.asked(Sent.PAYMENT_FROM));
        assertThat(bank.withAccounts(Sent.asked(Sent.PAYMENT), Map.of())).isEqualTo(Sent.asked(Sent.PAYMENT));
        assertThat(Sent.bank(Map.of()).withAccounts(named, Map.of(0, Set.of("a9"))))
                .isEqualTo(named);
    }

    @Test
    void anAccountChosenOnAPageThatWasNotOfferedIsRefused() {
        Details named = Sent.asked(Sent.PAYMENT_FROM);

        assertNotWithin(select(named, bank.withAccounts(named, Map.of(0, Set.of("a2")))));
    }

    @Test
    void aClientLosesWhatTheBankTookFromIt() {
        Details granted = Sent.asked(Sent.RECURRING, Sent.BALANCES_OF);

        assertThat(bank.lost(Sent.ALL, granted, granted)).isEmpty();
        assertThat(bank.lost(Set.of("account_information"), granted, granted)).containsExactly("recurring_payment");
        assertThat(bank.lost(Sent.ALL, granted, Sent.asked(Sent.BALANCES))).containsExactly("recurring_payment");
        assertThat(bank.lost(Set.of(), granted, granted)).hasSize(2);
    }

    @Test
    void whatIsShownHasTheAccountsToChooseAmong() {
        List<ShownDetail> shown =
                bank.shown(Sent.asked(Sent.BALANCES, Sent.BALANCES_OF, Sent.RECURRING), PackTexts.in("en"), () -> OWN);

        assertThat(shown).extracting(ShownDetail::oneTime).containsExactly(false, false, false);
        assertThat(ids(shown.get(0))).containsExactly("a1", "a2", "a3");
        assertThat(ids(shown.get(1))).containsExactly("a1", "a2");
        assertThat(shown.get(1).choice().orElseThrow().named()).containsExactlyInAnyOrder("a1", "a2");
        assertThat(ids(shown.get(2))).containsExactly("a1", "a2", "a3");
        assertThat(bank.shown(Sent.asked(Sent.BALANCES_OF), PackTexts.in("en"), AccountList.Unavailable::new)
                        .get(0)
                        .choice()
                        .orElseThrow()
                        .unavailable())
                .isTrue();
    }

    private static List<String> ids(ShownDetail detail) {
        return detail.choice().orElseThrow().accounts().stream()
                .map(account -> account.id())
                .toList();
    }

    private DetailSelection select(Details asked, Details granted) {
        return bank.select(asked, Optional.of(granted), true, () -> OWN);
    }

    private Details granted(String... details) {
        return (Details) bank.readGranted(Sent.list(details));
    }

    private static void assertNotWithin(DetailSelection selection) {
        assertRefused(selection, "grantedDetails[0] is not within what was asked for");
    }

    private static void assertRefused(DetailSelection selection, String reason) {
        assertThat(selection).isEqualTo(new Refused(reason));
    }

    /** A bank's own, which takes its schema at its word. */
    private static final class Trusting implements ConsentDetailType {

        @Override
        public String schema() {
            return Sent.json("{'type':'object','properties':{'type':{'type':'string'},'level':{'type':'integer'}},"
                    + "'required':['level'],'additionalProperties':false}");
        }

        @Override
        public Optional<String> flaw(ObjectNode detail, Instant now) {
            return Optional.empty();
        }

        @Override
        public List<DetailRow> rows(ObjectNode detail, Texts texts) {
            return List.of();
        }

        @Override
        public boolean isOneTime() {
            return false;
        }

        @Override
        public Optional<AccountField> accounts(ObjectNode detail) {
            return Optional.empty();
        }

        @Override
        public boolean isWithin(ObjectNode granted, ObjectNode asked) {
            return granted.required("level").intValue()
                    <= asked.required("level").intValue();
        }
    }
}
