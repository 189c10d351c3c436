package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send. */
class DetailTypesReadTest {

    @Test
    void whatIsRightIsReadInItsOrder() {
        assertThat(read(Sent.list(Sent.RECURRING, Sent.BALANCES_OF, Sent.BALANCES)))
                .isInstanceOfSatisfying(Details.class, details -> assertThat(details.all())
                        .extracting(Detail::type)
                        .containsExactly("recurring_payment", "account_information", "account_information"));
        assertThat(read(Sent.list(Sent.PAYMENT))).isInstanceOf(Details.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{}", "[]", "0", "\"\"", "[", "x", "[{\"type\":\"a\",\"type\":\"a\"}]"})
    void whatIsNoListOfDetailsIsRefused(String sent) {
        assertThat(flaw(sent)).startsWith("authorization_details has to be a JSON array of 1 to 10 objects");
    }

    @Test
    void oneDetailAloneIsNoList() {
        assertThat(flaw(Sent.PAYMENT)).startsWith("authorization_details has to be a JSON array");
    }

    @Test
    void thereAreTenAtTheMost() {
        assertThat(read(recurring(10))).isInstanceOf(Details.class);
        assertThat(flaw(recurring(11))).startsWith("authorization_details has to be a JSON array of 1 to 10");
    }

    private static String recurring(int count) {
        return Sent.list(IntStream.range(0, count)
                .mapToObj(number -> Sent.RECURRING.replace("Merchant A", "Merchant " + number))
                .toArray(String[]::new));
    }

    @Test
    void theBytesOfAllAreBounded() {
        String sent = Sent.list(Sent.PAYMENT);

        assertThat(read(sent + " ".repeat(Details.MAX_BYTES - sent.length()))).isInstanceOf(Details.class);
        assertThat(flaw(sent + " ".repeat(Details.MAX_BYTES - sent.length() + 1)))
                .startsWith("authorization_details has to be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"x\"", "[]", "true"})
    void whatIsNoObjectIsRefusedByItsPlace(String item) {
        assertThat(flaw(Sent.list(Sent.BALANCES, item))).isEqualTo("authorization_details[1]: it is no object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":null}",
                "{\"type\":1}",
                "{\"type\":[\"payment_initiation\"]}",
                "{\"Type\":\"x\"}"
            })
    void aDetailHasAType(String item) {
        assertThat(flaw(Sent.list(item))).isEqualTo("authorization_details[0]: type is missing");
    }

    @Test
    void anUnknownTypeIsRefusedLikeOneThatTheClientMayNotUse() {
        String unknown = Sent.list(Sent.PAYMENT.replace("payment_initiation", "secret"));
        String flaw = "authorization_details[0]: the client may not use this type, or there is none";

        assertThat(flaw(unknown)).isEqualTo(flaw);
        assertThat(flaw(Set.of("secret"), unknown)).isEqualTo(flaw);
        assertThat(flaw(Set.of("account_information"), Sent.list(Sent.PAYMENT))).isEqualTo(flaw);
        assertThat(flaw(Set.of(), Sent.list(Sent.BALANCES))).isEqualTo(flaw);
    }

    @Test
    void aFlawIsToldByTheFieldAndNothingOfItsValue() {
        assertThat(flaw(Sent.list(Sent.PAYMENT.replace("EUR", "DEX"))))
                .isEqualTo("authorization_details[0]: instructedAmount.currency is no currency in which amounts are"
                        + " paid (ISO 4217)");
        assertThat(flaw(Sent.list(Sent.with(Sent.PAYMENT, "'DE89370400440532013000':'x'"))))
                .isEqualTo("authorization_details[0]: the detail has a field that its type does not have");
        assertThat(flaw(Sent.list(Sent.RECURRING, Sent.with(Sent.BALANCES, "'historyFrom':'2026-02-30'"))))
                .isEqualTo("authorization_details[1]: historyFrom is no day of the calendar");
    }

    @Test
    void aPaymentIsAskedForAlone() {
        String alone = "A detail that is good for one token is asked for alone";

        assertThat(flaw(Sent.list(Sent.PAYMENT, Sent.PAYMENT.replace("12.50", "13.50"))))
                .isEqualTo(alone);
        assertThat(flaw(Sent.list(Sent.BALANCES, Sent.PAYMENT))).isEqualTo(alone);
        assertThat(flaw(Sent.list(Sent.PAYMENT, Sent.PAYMENT))).isEqualTo(alone);
    }

    @Test
    void whatSaysWhatTheWholeRequestIsForIsAskedForAlone() {
        String alone = "A detail that says what the whole request is for is asked for alone";

        assertThat(flaw(Sent.list(Sent.PERSONAL, Sent.BALANCES))).isEqualTo(alone);
        assertThat(flaw(Sent.list(Sent.RECURRING, Sent.PERSONAL))).isEqualTo(alone);
        assertThat(Sent.bank().describeRequest(Sent.asked(Sent.PERSONAL))).isTrue();
        assertThat(Sent.bank().describeRequest(Sent.asked(Sent.BALANCES, Sent.RECURRING)))
                .isFalse();
    }

    @Test
    void noDetailIsThereTwice() {
        assertThat(flaw(Sent.list(Sent.BALANCES, Sent.RECURRING, " " + Sent.BALANCES)))
                .isEqualTo("A detail is there twice");
    }

    @Test
    void whereNobodyCanChooseAnAccountItIsNotAskedFor() {
        DetailTypes bank = Sent.bank(Sent.types(), false, Sent.NOW);

        assertThat(bank.read(Sent.ALL, Sent.list(Sent.BALANCES)))
                .isEqualTo(new DetailFlaw("authorization_details[0]: accounts can't be chosen: the bank has set no"
                        + " source of accounts"));
        assertThat(bank.read(Sent.ALL, Sent.list(Sent.PAYMENT))).isInstanceOf(Details.class);
    }

    @Test
    void theFirstOfTheirEndsCounts() {
        assertThat(Sent.bank().validUntil(Sent.asked(Sent.RECURRING, Sent.BALANCES)))
                .contains(Instant.parse("2027-04-01T00:00:00Z"));
        assertThat(Sent.bank().validUntil(Sent.asked(Sent.PAYMENT))).isEmpty();
        assertThat(Sent.bank(Map.of()).validUntil(Sent.asked(Sent.RECURRING))).isEmpty();
    }

    @Test
    void aTypeThatThereIsNoMoreIsGoodForOneTokenAtTheMost() {
        assertThat(Sent.bank().isOneTime(Sent.asked(Sent.PAYMENT))).isTrue();
        assertThat(Sent.bank().isOneTime(Sent.asked(Sent.RECURRING, Sent.BALANCES)))
                .isFalse();
        assertThat(Sent.bank().isOneTime(Details.NONE)).isFalse();
        assertThat(Sent.bank(Map.of()).isOneTime(Sent.asked(Sent.RECURRING))).isTrue();
    }

    @Test
    void theTypesAreKnownByName() {
        assertThat(Sent.bank().names())
                .containsExactly("account_information", "payment_initiation", "personal_access", "recurring_payment");
        assertThat(Sent.bank().isKnown("payment_initiation")).isTrue();
        assertThat(Sent.bank().isKnown("openid_credential")).isFalse();
        assertThat(Sent.bank(Collections.emptyMap()).names()).isEmpty();
    }

    private static DetailReading read(String sent) {
        return Sent.bank().read(Sent.ALL, sent);
    }

    private static String flaw(String sent) {
        return flaw(Sent.ALL, sent);
    }

    private static String flaw(Set<String> allowed, String sent) {
        DetailReading reading = Sent.bank().read(allowed, sent);
        assertThat(reading).isInstanceOf(DetailFlaw.class);
        return ((DetailFlaw) reading).description();
    }
}
