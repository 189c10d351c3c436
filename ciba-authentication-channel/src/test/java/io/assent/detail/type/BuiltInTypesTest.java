package io.assent.detail.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.ConsentDetailTypeFactory;
import io.assent.detail.DetailRow;
import io.assent.text.PackTexts;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTypesTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ACCOUNTS = "{'type':'account_information','actions':['list_accounts','read_balances',"
            + "'read_transactions'],'accounts':[{'id':'a1'},{'id':'a2'}],'historyFrom':'2026-01-01',"
            + "'historyTo':'2026-06-30','validUntil':'2027-05-31'}";
    private static final String PAYMENT = "{'type':'payment_initiation','instructedAmount':{'currency':'EUR',"
            + "'amount':'1234.50'},'creditorName':'Merchant A','creditorAccount':{'iban':'DE89370400440532013000'},"
            + "'remittanceInformationUnstructured':'Ref Number {0} Merchant','debtorAccount':{'id':'a1'}}";
    private static final String RECURRING = "{'type':'recurring_payment','creditorName':'Merchant A',"
            + "'creditorAccount':{'iban':'DE89370400440532013000'},'maximumIndividualAmount':{'currency':'EUR',"
            + "'amount':'50'},'periodicLimit':{'period':'month','currency':'EUR','amount':'200.00'},"
            + "'validTo':'2027-05-31'}";

    private static final String PERSONAL = "{'type':'personal_access','name':'My script','validUntil':'2027-03-31'}";

    private static final Map<String, ConsentDetailType> TYPES = new TreeMap<>();

    static {
        ServiceLoader.load(ConsentDetailTypeFactory.class)
                .forEach(factory -> TYPES.put(factory.getId(), factory.create(null)));
    }

    @Test
    void allAreFoundAsProviders() {
        assertThat(TYPES)
                .containsOnlyKeys("account_information", "payment_initiation", "personal_access", "recurring_payment");
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCOUNTS, PAYMENT, RECURRING, PERSONAL})
    void whatIsRightHasNoFlaw(String sent) {
        assertThat(flaw(sent)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "'currency':'EUR'|'currency':'DEX'|instructedAmount.currency is no currency",
                "'currency':'EUR'|'currency':'XAU'|instructedAmount.currency is no currency",
                "'currency':'EUR'|'currency':'JPY'|instructedAmount.amount has more decimals",
                "1234.50|1234.505|instructedAmount.amount has more decimals",
                "1234.50|0.00|instructedAmount.amount is not above zero",
                "1234.50|0|instructedAmount.amount is not above zero",
                "1234.50|1234567890123456789|instructedAmount.amount has more than 18 digits",
                "1234.50|12345678901234567.12|breaks a rule",
                "1234.50|1e3|breaks a rule",
                "1234.50|-1|breaks a rule",
                "1234.50|+1|breaks a rule",
                "1234.50|01|breaks a rule",
                "1234.50|1.|breaks a rule",
                "1234.50|.5|breaks a rule",
                "1234.50|1,5|breaks a rule",
                "1234.50|١|breaks a rule",
                "'1234.50'|1234|breaks a rule",
                "DE89370400440532013000|DE88370400440532013000|creditorAccount.iban is no IBAN",
                "DE89370400440532013000|DE8937040044053201300|creditorAccount.iban is no IBAN",
                "DE89370400440532013000|DE8937040044053201300A|creditorAccount.iban is no IBAN",
                "DE89370400440532013000|ZZ89370400440532013000|creditorAccount.iban is no IBAN",
                "DE89370400440532013000|DE00000000001730688616|breaks a rule",
                "DE89370400440532013000|DE99370400440532013000|breaks a rule",
                "DE89370400440532013000|de89370400440532013000|breaks a rule",
                "DE89370400440532013000|DE89 3704 0044 0532 0130 00|breaks a rule",
                "DE89370400440532013000|DE893704004405320130٠٠|breaks a rule",
                "Merchant A||breaks a rule",
                "Merchant A|\u200B|creditorName has characters that nobody sees",
                "Merchant A|A\u3164|creditorName has characters that nobody sees",
                "Merchant A|A\u00AD|creditorName has characters that nobody sees",
                "Merchant A|--|creditorName has no letter and no digit",
                "Ref Number {0} Merchant|\uFEFF|remittanceInformationUnstructured has characters",
                "'id':'a1'|'id':''|breaks a rule",
                "'id':'a1'|'id':'a1','name':'x'|breaks a rule",
                "'creditorName'|'name':'x','creditorName'|breaks a rule"
            })
    void aPaymentWithAFlawIsRefused(String right, String wrong, String flaw) {
        assertThat(PAYMENT).contains(right);
        assertThat(flaw(PAYMENT.replace(right, wrong == null ? "" : wrong))).startsWith(flaw);
    }

    @ParameterizedTest
    @CsvSource({"JPY,5000", "BHD,1.234", "HUF,1.20", "EUR,999999999999999999", "EUR,9999999999999999.99", "EUR,0.01"})
    void anAmountHasNoMoreDecimalsThanItsCurrency(String currency, String amount) {
        assertThat(flaw(PAYMENT.replace("EUR", currency).replace("1234.50", amount)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "'amount':'50'|'amount':'200.01'|maximumIndividualAmount.amount is above that of periodicLimit",
                "'month','currency':'EUR'|'month','currency':'USD'|periodicLimit.currency is not that of",
                "'amount':'200.00'|'amount':'0'|periodicLimit.amount is not above zero",
                "month|decade|breaks a rule",
                "2027-05-31|2026-11-26|validTo is over",
                "2027-05-31|2027-02-29|validTo is no day of the calendar",
                "2027-05-31|2027-05-31T00:00:00Z|breaks a rule",
                "Merchant A|?|creditorName has no letter",
                "DE89370400440532013000|DE88370400440532013000|creditorAccount.iban is no IBAN"
            })
    void aRecurringPaymentWithAFlawIsRefused(String right, String wrong, String flaw) {
        assertThat(RECURRING).contains(right);
        assertThat(flaw(RECURRING.replace(right, wrong))).startsWith(flaw);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "2026-01-01|2026-07-01|historyFrom is after historyTo",
                "2026-01-01|2026-13-01|historyFrom is no day",
                "2026-06-30|2026-06-31|historyTo is no day",
                "2027-05-31|2026-11-26|validUntil is over",
                "'a2'|'a1'|accounts names an account twice",
                "'list_accounts',|'list_accounts','list_accounts',|breaks a rule",
                "'list_accounts'|'pay'|breaks a rule",
                "{'id':'a1'},{'id':'a2'}||breaks a rule",
                "{'id':'a1'}|'a1'|breaks a rule"
            })
    void accountInformationWithAFlawIsRefused(String right, String wrong, String flaw) {
        assertThat(ACCOUNTS).contains(right);
        assertThat(flaw(ACCOUNTS.replace(right, wrong == null ? "" : wrong))).startsWith(flaw);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "My script||breaks a rule",
                "My script|...|name has no letter",
                "My script|My\u200Bscript|name has characters that nobody sees",
                "My script|1234567890123456789012345678901234567890123456789012345678901|breaks a rule",
                "2027-03-31|2027-02-30|validUntil is no day",
                "2027-03-31|2026-11-26|validUntil is over",
                "'validUntil'|'accounts'|breaks a rule"
            })
    void personalAccessWithAFlawIsRefused(String right, String wrong, String flaw) {
        assertThat(PERSONAL).contains(right);
        assertThat(flaw(PERSONAL.replace(right, wrong == null ? "" : wrong))).startsWith(flaw);
    }

    @Test
    void aLastDayCountsToItsEnd() {
        assertThat(flaw(RECURRING.replace("2027-05-31", "2026-11-27"))).isEmpty();
        assertThat(type(RECURRING).validUntil(json(RECURRING))).contains(Instant.parse("2027-06-01T00:00:00Z"));
        assertThat(type(ACCOUNTS).validUntil(json(ACCOUNTS))).contains(Instant.parse("2027-06-01T00:00:00Z"));
        assertThat(type(PAYMENT).validUntil(json(PAYMENT))).isEmpty();
    }

    @Test
    void aPaymentIsReadInEnglishAndGerman() {
        assertThat(rows(PAYMENT, PackTexts.in("en")))
                .containsExactly(
                        "1 Amount: €1,234.50",
                        "1 To: Merchant A",
                        "2 Account of the payee: DE89 3704 0044 0532 0130 00",
                        "2 Reference: Ref Number {0} Merchant");
        assertThat(rows(PAYMENT, PackTexts.in("de")))
                .containsExactly(
                        "1 Betrag: 1.234,50\u00A0€",
                        "1 An: Merchant A",
                        "2 Konto des Empfängers: DE89 3704 0044 0532 0130 00",
                        "2 Verwendungszweck: Ref Number {0} Merchant");
    }

    @Test
    void aRecurringPaymentIsReadInEnglishAndGerman() {
        assertThat(rows(RECURRING, PackTexts.in("en")))
                .containsExactly(
                        "1 Each payment at most: €50.00",
                        "1 In a month at most: €200.00",
                        "1 To: Merchant A",
                        "2 Account of the payee: DE89 3704 0044 0532 0130 00",
                        "2 Last day: May 31, 2027");
        assertThat(rows(RECURRING, PackTexts.in("de")))
                .contains("1 In einem Monat höchstens: 200,00\u00A0€", "2 Letzter Tag: 31. Mai 2027");
        assertThat(List.of("day", "week", "year"))
                .allSatisfy(period -> assertThat(rows(RECURRING.replace("month", period), PackTexts.in("de")))
                        .noneMatch(row -> row.contains("amount.")));
    }

    @Test
    void accountInformationIsReadInEnglishAndGerman() {
        assertThat(rows(ACCOUNTS, PackTexts.in("en")))
                .containsExactly(
                        "1 May see: names and numbers of accounts, balances, transactions",
                        "2 Transactions from: January 1, 2026",
                        "2 Transactions up to: June 30, 2026",
                        "2 Last day: May 31, 2027");
        assertThat(rows("{'type':'account_information','actions':['read_transactions']}", PackTexts.in("de")))
                .containsExactly("1 Darf sehen: Umsätze", "2 Umsätze: so weit zurück, wie die Bank sie hat");
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCOUNTS, PAYMENT, RECURRING, PERSONAL})
    void noRowIsEmptyWhereThereAreNoTexts(String sent) {
        assertThat(type(sent).rows(json(sent), PackTexts.none("fr")))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.label()).isNotBlank())
                .allSatisfy(row -> assertThat(row.value()).isNotBlank());
    }

    @Test
    void anAmountIsNeverRounded() {
        assertThat(rows(PAYMENT.replace("EUR", "BHD").replace("1234.50", "1.234"), PackTexts.in("en")))
                .contains("1 Amount: BHD\u00A01.234");
        assertThat(rows(PAYMENT.replace("EUR", "JPY").replace("1234.50", "5000"), PackTexts.in("en")))
                .contains("1 Amount: ¥5,000");
        assertThat(rows(PAYMENT.replace("1234.50", "9999999999999999.99"), PackTexts.in("en")))
                .contains("1 Amount: €9,999,999,999,999,999.99");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "'list_accounts',||true",
                "2026-01-01|2026-01-02|true",
                "2026-01-01|2025-12-31|false",
                "2026-06-30|2026-06-29|true",
                "2026-06-30|2026-07-01|false",
                "2027-05-31|2027-05-30|true",
                "2027-05-31|2027-06-01|false",
                "'historyFrom':'2026-01-01',||false",
                ",'validUntil':'2027-05-31'||false"
            })
    void accountInformationIsOnlyNarrowed(String asked, String granted, boolean within) {
        assertThat(ACCOUNTS).contains(asked);
        assertThat(isWithin(ACCOUNTS.replace(asked, granted == null ? "" : granted), ACCOUNTS))
                .isEqualTo(within);
    }

    @Test
    void whereNoLimitWasAskedForAnyIsWithin() {
        String asked = "{'type':'account_information','actions':['list_accounts']}";

        assertThat(isWithin(asked.replace("]}", "],'validUntil':'2027-05-31','historyFrom':'2026-01-01'}"), asked))
                .isTrue();
        assertThat(isWithin(asked.replace("list_accounts", "read_balances"), asked))
                .isFalse();
    }

    @Test
    void aPaymentIsNotNarrowed() {
        assertThat(isWithin(PAYMENT, PAYMENT)).isTrue();
        assertThat(isWithin(PAYMENT.replace("1234.50", "1.00"), PAYMENT)).isFalse();
        assertThat(isWithin(RECURRING.replace("200.00", "100.00"), RECURRING)).isFalse();
    }

    @Test
    void personalAccessIsReadByItsNameAndDescribesItsRequest() {
        assertThat(rows(PERSONAL, PackTexts.in("en")))
                .containsExactly(
                        "1 Name: My script",
                        "2 For: you alone: never give the token to anybody",
                        "2 Last day: March 31, 2027");
        assertThat(type(PERSONAL).describesRequest()).isTrue();
        assertThat(type(PERSONAL).isOneTime()).isFalse();
        assertThat(Stream.of(ACCOUNTS, PAYMENT, RECURRING))
                .noneMatch(sent -> type(sent).describesRequest());
    }

    @Test
    void whatIsGoodOnceAndWhereTheAccountsAre() {
        assertThat(type(PAYMENT).isOneTime()).isTrue();
        assertThat(type(RECURRING).isOneTime()).isFalse();
        assertThat(type(ACCOUNTS).isOneTime()).isFalse();
        assertThat(type(ACCOUNTS).accounts(json(ACCOUNTS))).hasValueSatisfying(field -> {
            assertThat(field.name()).isEqualTo("accounts");
            assertThat(field.many()).isTrue();
            assertThat(field.required()).isTrue();
        });
        assertThat(Stream.of(PAYMENT, RECURRING))
                .allSatisfy(sent -> assertThat(type(sent).accounts(json(sent))).hasValueSatisfying(field -> {
                    assertThat(field.name()).isEqualTo("debtorAccount");
                    assertThat(field.many()).isFalse();
                    assertThat(field.required()).isFalse();
                }));
    }

    private static boolean isWithin(String granted, String asked) {
        return type(asked).isWithin(json(granted), json(asked));
    }

    private static List<String> rows(String sent, Texts texts) {
        return type(sent).rows(json(sent), texts).stream()
                .map(BuiltInTypesTest::line)
                .toList();
    }

    private static String line(DetailRow row) {
        return "%d %s: %s".formatted(row.emphasis(), row.label(), row.value());
    }

    /** As {@code DetailTypes} asks: the schema first. */
    private static String flaw(String sent) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(type(sent).schema());
        return schema.validate(json(sent)).isEmpty()
                ? type(sent).flaw(json(sent), NOW).orElse("")
                : "breaks a rule";
    }

    private static ConsentDetailType type(String sent) {
        return TYPES.get(json(sent).path("type").asText());
    }

    private static ObjectNode json(String sent) {
        try {
            return (ObjectNode) JSON.readTree(sent.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
