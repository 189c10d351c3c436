package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentOrderTest {

    private static final String FIELDS = "'instructedAmount':{'currency':'EUR','amount':'12.50'},"
            + "'creditorName':'Ada','creditorAccount':{'iban':'DE89370400440532013000'},"
            + "'remittanceInformationUnstructured':'Rent','debtorAccount':{'id':'acc-1'}";
    private static final String GRANTED = "{'type':'payment_initiation'," + FIELDS + "}";

    @Test
    void whatTheCustomerWasShownIsCarriedOut() {
        assertThat(order(order -> {}).difference(Json.of(GRANTED))).isEmpty();
    }

    @Test
    void theOrderOfTheFieldsMeansNothing() {
        PaymentOrder turned = order(order -> order.set("instructedAmount", order.remove("instructedAmount")));

        assertThat(turned.difference(Json.of(GRANTED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"creditorName", "creditorAccount", "remittanceInformationUnstructured", "debtorAccount"})
    void everyFieldHasToBeThere(String field) {
        assertThat(order(order -> order.remove(field)).difference(Json.of(GRANTED)))
                .hasValue(field);
    }

    @Test
    void noFieldMayDiffer() {
        assertThat(order(order -> order.withObjectProperty("instructedAmount").put("amount", "12.51"))
                        .difference(Json.of(GRANTED)))
                .hasValue("instructedAmount");
        assertThat(order(order -> order.withObjectProperty("instructedAmount").put("currency", "GBP"))
                        .difference(Json.of(GRANTED)))
                .hasValue("instructedAmount");
        assertThat(order(order -> order.put("creditorName", "Ada ")).difference(Json.of(GRANTED)))
                .hasValue("creditorName");
        assertThat(order(order -> order.withObjectProperty("creditorAccount").put("iban", "GB29NWBK60161331926819"))
                        .difference(Json.of(GRANTED)))
                .hasValue("creditorAccount");
        assertThat(order(order -> order.withObjectProperty("debtorAccount").put("id", "acc-2"))
                        .difference(Json.of(GRANTED)))
                .hasValue("debtorAccount");
    }

    @Test
    void aFieldThatWasNotGrantedIsADifference() {
        ObjectNode granted = (ObjectNode) Json.of(GRANTED);
        granted.remove("debtorAccount");

        assertThat(order(order -> {}).difference(granted)).hasValue("debtorAccount");
    }

    @Test
    void aLimitThatTheBankDoesNotKnowIsADifference() {
        ObjectNode granted = (ObjectNode) Json.of(GRANTED);
        granted.put("notBefore", "2027-03-31");

        assertThat(order(order -> {}).difference(granted)).hasValue("notBefore");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "'text'",
                "{",
                "{}",
                "{'instructedAmount':{'currency':'EUR','amount':'1'}}{}",
                "{'instructedAmount':{'currency':'EUR','amount':'1'},'urgent':true}",
                "{'instructedAmount':{'currency':'EUR','amount':'1'},'type':'payment_initiation'}",
                "{'instructedAmount':{'currency':'EUR','amount':'-1'}}",
                "{'instructedAmount':{'currency':'EUR','amount':'1e9'}}",
                "{'instructedAmount':{'currency':'EUR','amount':'1','amount':'2'}}",
                "{'instructedAmount':'EUR 1'}"
            })
    void whatIsNoOrderIsNotRead(String body) {
        assertThat(PaymentOrder.read(body.replace('\'', '"'))).isEmpty();
    }

    @Test
    void nothingAndTooMuchAreNotRead() {
        assertThat(PaymentOrder.read(null)).isEmpty();
        assertThat(PaymentOrder.read(Json.of("{" + FIELDS + "}") + " ".repeat(PaymentOrder.MAX_LENGTH)))
                .isEmpty();
    }

    private static PaymentOrder order(Consumer<ObjectNode> change) {
        ObjectNode order = (ObjectNode) Json.of("{" + FIELDS + "}");
        change.accept(order);
        return PaymentOrder.read(order.toString()).orElseThrow();
    }
}
