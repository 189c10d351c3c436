package io.assent.sandbox.bank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A payment that a TPP orders. It is carried out where it says, field by field, what the customer was shown: what the
 * token's detail of type {@value #TYPE} says.
 *
 * @param content the order as it was sent, without a field that this bank does not know
 */
record PaymentOrder(ObjectNode content) {

    static final String TYPE = "payment_initiation";

    /** The longest order, in characters. */
    static final int MAX_LENGTH = 8_192;

    private static final List<String> FIELDS = List.of(
            "instructedAmount",
            "creditorName",
            "creditorAccount",
            "remittanceInformationUnstructured",
            "debtorAccount");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @return empty where it is no order of an amount, or has a field that this bank does not know */
    static Optional<PaymentOrder> read(String body) {
        if (body == null || body.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return JSON.readTree(body) instanceof ObjectNode order
                            && FIELDS.containsAll(fields(order))
                            && isAmount(order.path("instructedAmount"))
                    ? Optional.of(new PaymentOrder(order))
                    : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The first field in which it differs from what was granted; also one that only the grant has, whether this bank
     * knows it or not: it may be a limit.
     */
    Optional<String> difference(JsonNode granted) {
        Set<String> all = new LinkedHashSet<>(FIELDS);
        all.addAll(fields(granted));
        all.remove("type");
        return all.stream()
                .filter(field -> !content.path(field).equals(granted.path(field)))
                .findFirst();
    }

    /** The account that the customer chose, if that was left to the customer. */
    Optional<String> debtorAccount() {
        return Optional.ofNullable(content.path("debtorAccount").path("id").textValue());
    }

    String currency() {
        return content.path("instructedAmount").path("currency").asText();
    }

    BigDecimal amount() {
        return new BigDecimal(content.path("instructedAmount").path("amount").asText());
    }

    private static boolean isAmount(JsonNode amount) {
        return amount.path("currency").asText().matches("[A-Z]{3}")
                && amount.path("amount").asText().matches("[0-9]{1,18}(\\.[0-9]{1,6})?");
    }

    private static Set<String> fields(JsonNode json) {
        Set<String> names = new LinkedHashSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
