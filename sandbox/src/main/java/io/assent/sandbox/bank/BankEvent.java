package io.assent.sandbox.bank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to an account at the bank, with no TPP in it.
 *
 * @param id by which the same event is told once
 * @param account the account's public id
 * @param amount what came onto the account, below zero where it went off; zero where the account was closed
 * @param counterparty who paid, or was paid; empty where nobody was
 */
public record BankEvent(String id, Kind kind, String account, BigDecimal amount, String counterparty, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What happens at a bank. */
    public enum Kind {
        CARD_PAYMENT("Bookshop", "-23.40"),
        DIRECT_DEBIT("City Power", "-61.20"),
        SALARY("Employer", "2100.00"),
        /** The account is no more: nobody is offered it, and no token reads it. */
        ACCOUNT_CLOSED("", "0");

        private final String counterparty;
        private final String amount;

        Kind(String counterparty, String amount) {
            this.counterparty = counterparty;
            this.amount = amount;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Kind::word).toList();
        }

        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }

        /** Who it usually is about. */
        String counterparty() {
            return counterparty;
        }

        /** How much it usually is, with its sign. */
        BigDecimal amount() {
            return new BigDecimal(amount);
        }
    }

    boolean closes() {
        return kind == Kind.ACCOUNT_CLOSED;
    }

    /** What a caller is told of it. */
    public ObjectNode view() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("kind", kind.word())
                .put("account", account)
                .put("amount", amount.toPlainString())
                .put("counterparty", counterparty)
                .put("at", at.toString());
    }

    /** As it is kept. */
    String text() {
        return view().toString();
    }

    /** @return empty where this is none, as of another version of the sandbox */
    static Optional<BankEvent> read(String text) {
        try {
            JsonNode kept = JSON.readTree(text);
            return Kind.of(kept.path("kind").asText())
                    .map(kind -> new BankEvent(
                            kept.path("id").asText(),
                            kind,
                            kept.path("account").asText(),
                            new BigDecimal(kept.path("amount").asText()),
                            kept.path("counterparty").asText(),
                            Instant.parse(kept.path("at").asText())));
        } catch (JsonProcessingException | RuntimeException none) {
            return Optional.empty();
        }
    }
}
