package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableAccountsTest {

    private static final LocalDate TODAY = LocalDate.parse("2027-03-31");
    private static final String ALL = "'actions':['list_accounts','read_balances','read_transactions']";
    private static final String FIRST = "'accounts':[{'id':'acc-1'}]";

    @Test
    void eachActionIsAllowedForItselfAndForTheAccountsThatAreNamed() {
        ReadableAccounts readable = readable("'actions':['read_balances'],'accounts':[{'id':'acc-1'},{'id':'acc-2'}]");

        assertThat(readable.ids(ReadableAccounts.BALANCES)).containsExactly("acc-1", "acc-2");
        assertThat(readable.ids(ReadableAccounts.LIST)).isEmpty();
        assertThat(readable.ids(ReadableAccounts.TRANSACTIONS)).isEmpty();
        assertThat(history(readable, "acc-1", null, null)).isEmpty();
    }

    @Test
    void twoDetailsDoNotLendEachOther() {
        ReadableAccounts readable = readable(
                "'actions':['list_accounts'],'accounts':[{'id':'acc-1'}]",
                "'actions':['read_balances'],'accounts':[{'id':'acc-2'}]");

        assertThat(readable.ids(ReadableAccounts.LIST)).containsExactly("acc-1");
        assertThat(readable.ids(ReadableAccounts.BALANCES)).containsExactly("acc-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALL,
                ALL + ",'accounts':[]",
                ALL + ",'accounts':'all'",
                ALL + ",'accounts':[{}]",
                FIRST,
                "'actions':'read_balances'," + FIRST,
                "'actions':[]," + FIRST,
                ALL + "," + FIRST + ",'only':'weekends'",
                ALL + "," + FIRST + ",'validUntil':'2027-03-30'",
                ALL + "," + FIRST + ",'validUntil':'soon'",
                ALL + "," + FIRST + ",'validUntil':null"
            })
    void whatIsNotSaidIsNotAllowed(String detail) {
        ReadableAccounts readable = readable(detail);

        assertThat(readable.ids(ReadableAccounts.LIST)).doesNotContain("acc-1");
        assertThat(readable.ids(ReadableAccounts.BALANCES)).doesNotContain("acc-1");
        assertThat(history(readable, "acc-1", null, null)).isEmpty();
    }

    @Test
    void theLastDayIsAllowedToItsEnd() {
        assertThat(readable(ALL + "," + FIRST + ",'validUntil':'2027-03-31'").ids(ReadableAccounts.LIST))
                .containsExactly("acc-1");
    }

    @Test
    void noDetailsAllowNothing() {
        assertThat(new ReadableAccounts(List.of(), BankAccount.of("somebody"), TODAY).ids(ReadableAccounts.LIST))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'personal_access','name':'My script'} | true",
                "{'type':'personal_access','name':'My script','validUntil':'2027-03-31'} | true",
                "{'type':'personal_access','name':'My script','validUntil':'2027-03-30'} | false",
                "{'type':'personal_access','name':'My script','only':'weekends'} | false",
                "{'type':'payment_initiation','creditorName':'Corner Bakery'} | false"
            })
    void aCustomersOwnTokenReadsAllThatTheyHave(String detail, boolean allowed) {
        List<BankAccount> all = BankAccount.of("somebody");
        ReadableAccounts readable = new ReadableAccounts(List.of(Json.of(detail)), all, TODAY);

        List<String> expected = allowed ? all.stream().map(BankAccount::id).toList() : List.of();
        assertThat(readable.ids(ReadableAccounts.LIST)).containsExactlyElementsOf(expected);
        assertThat(readable.ids(ReadableAccounts.BALANCES)).containsExactlyElementsOf(expected);
        assertThat(history(readable, all.get(0).id(), null, null).isPresent()).isEqualTo(allowed);
    }

    @Test
    void theHistoryIsReadWithinItsDays() {
        ReadableAccounts readable =
                readable(ALL + "," + FIRST + ",'historyFrom':'2027-01-01','historyTo':'2027-02-28'");

        assertThat(history(readable, "acc-1", "2027-01-01", "2027-02-28")).isPresent();
        assertThat(history(readable, "acc-1", "2026-12-31", "2027-02-28")).isEmpty();
        assertThat(history(readable, "acc-1", "2027-01-01", "2027-03-01")).isEmpty();
        assertThat(history(readable, "acc-2", "2027-01-01", "2027-02-28")).isEmpty();
    }

    @Test
    void whoAsksForNoDaysGetsTheLatestThatAreAllowed() {
        assertThat(history(
                        readable(ALL + "," + FIRST + ",'historyFrom':'2027-02-01','historyTo':'2027-02-28'"),
                        "acc-1",
                        null,
                        null))
                .hasValue(days("2027-02-01", "2027-02-28"));
        assertThat(history(readable(ALL + "," + FIRST), "acc-1", null, null))
                .hasValue(days("2027-01-01", "2027-03-31"));
    }

    @Test
    void aBoundThatIsNoDayAllowsNoHistory() {
        assertThat(history(readable(ALL + "," + FIRST + ",'historyFrom':'2027-02-30'"), "acc-1", null, null))
                .isEmpty();
    }

    @Test
    void withoutBoundsAllOfTheHistoryIsAllowed() {
        assertThat(history(readable(ALL + "," + FIRST), "acc-1", "1999-01-01", "2027-03-31"))
                .isPresent();
    }

    @Test
    void moreThanAYearIsTooLong() {
        assertThat(days("2026-03-31", "2027-03-31").isTooLong()).isFalse();
        assertThat(days("2026-03-30", "2027-03-31").isTooLong()).isTrue();
        assertThat(days("-999999999-01-01", "+999999999-12-31").isTooLong()).isTrue();
        assertThat(days("+999999999-12-31", "+999999999-12-31").isTooLong()).isFalse();
    }

    @Test
    void whatIsToComeIsNotRead() {
        assertThat(days("2027-03-01", "2027-12-31").past(TODAY)).isEqualTo(days("2027-03-01", "2027-03-31"));
        assertThat(days("2027-04-01", "2027-12-31").past(TODAY).newestFirst()).isEmpty();
    }

    private static Optional<Days> history(ReadableAccounts readable, String account, String from, String to) {
        return readable.history(
                account,
                Optional.ofNullable(from).map(LocalDate::parse),
                Optional.ofNullable(to).map(LocalDate::parse),
                TODAY);
    }

    private static Days days(String from, String to) {
        return new Days(LocalDate.parse(from), LocalDate.parse(to));
    }

    private static ReadableAccounts readable(String... details) {
        return new ReadableAccounts(
                Stream.of(details)
                        .map(detail -> Json.of("{'type':'account_information'," + detail + "}"))
                        .toList(),
                BankAccount.of("somebody"),
                TODAY);
    }
}
