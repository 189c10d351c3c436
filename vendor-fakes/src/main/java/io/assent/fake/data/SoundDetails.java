package io.assent.fake.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Authorization details of the built-in types that may be sent, the same for the same seed: one payment, or one to
 * three others. Their accounts, where they name some, are {@code acc-0} to {@code acc-49}.
 */
public final class SoundDetails {

    private static final List<String> NAMES =
            List.of("Merchant A", "Müller & Söhne", "Ελληνική Εταιρεία", "株式会社サンプル", "O'Brien {0} Ltd", "Żółw 😀 sp.");
    private static final List<String> ACTIONS = List.of("list_accounts", "read_balances", "read_transactions");
    private static final Map<String, Integer> DECIMALS = Map.of("EUR", 2, "JPY", 0, "BHD", 3, "USD", 2);
    private static final List<String> CURRENCIES =
            DECIMALS.keySet().stream().sorted().toList();

    private final Random random;

    public SoundDetails(Random random) {
        this.random = random;
    }

    public ArrayNode next() {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        if (random.nextBoolean()) {
            return details.add(payment());
        }
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            details.add(random.nextBoolean() ? recurring() : accounts());
        }
        return details;
    }

    private ObjectNode payment() {
        ObjectNode payment = detail("payment_initiation");
        amount(payment.putObject("instructedAmount"), currency());
        return payee(payment);
    }

    private ObjectNode recurring() {
        ObjectNode payment = detail("recurring_payment");
        String currency = currency();
        ObjectNode each = payment.putObject("maximumIndividualAmount");
        amount(each, currency);
        payment.putObject("periodicLimit")
                .put("period", of(List.of("day", "week", "month", "year")))
                .put("currency", currency)
                .put("amount", each.path("amount").textValue());
        payment.put("validTo", day(2080));
        return payee(payment);
    }

    private ObjectNode accounts() {
        ObjectNode accounts = detail("account_information");
        int first = random.nextInt(3);
        ArrayNode actions = accounts.putArray("actions");
        ACTIONS.subList(first, first + 1 + random.nextInt(3 - first)).forEach(actions::add);
        if (random.nextBoolean()) {
            ArrayNode named = accounts.putArray("accounts");
            for (int account = 1 + random.nextInt(50); account > 0; account--) {
                named.addObject().put("id", "acc-" + (account - 1));
            }
        }
        if (random.nextBoolean()) {
            accounts.put("historyFrom", day(1980)).put("historyTo", day(2000));
        }
        // each is another one: details that are there twice are refused
        return accounts.put("validUntil", day(2050));
    }

    private ObjectNode payee(ObjectNode payment) {
        payment.put("creditorName", of(NAMES));
        payment.putObject("creditorAccount").put("iban", iban());
        if (random.nextBoolean()) {
            payment.put("remittanceInformationUnstructured", "Ref " + random.nextInt());
        }
        if (random.nextBoolean()) {
            payment.putObject("debtorAccount").put("id", "acc-" + random.nextInt(50));
        }
        return payment;
    }

    private static ObjectNode detail(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private String currency() {
        return of(CURRENCIES);
    }

    private void amount(ObjectNode amount, String currency) {
        int decimals = DECIMALS.get(currency);
        String whole = Long.toString(1 + random.nextInt(1_000_000_000));
        amount.put("currency", currency)
                .put("amount", decimals == 0 ? whole : whole + ".123".substring(0, 1 + random.nextInt(decimals) + 1));
    }

    /** A German one: its check digits by ISO 7064. */
    private String iban() {
        String account = "%018d".formatted(random.nextInt(Integer.MAX_VALUE));
        int rest =
                new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
        return "DE%02d%s".formatted(98 - rest, account);
    }

    private String day(int year) {
        return "%d-%02d-%02d".formatted(year + random.nextInt(20), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
