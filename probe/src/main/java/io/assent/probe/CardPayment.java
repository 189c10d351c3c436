package io.assent.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A payment with a card, as ConnectID (Australia) asks a bank to confirm it, and as its modules of the OpenID
 * certification suite send it. A type as a bank writes its own.
 */
final class CardPayment implements ConsentDetailType {

    static final String NAME = "3ds:payment_authorisation";

    private static final String AMOUNT = "instructed_amount";
    private static final int SHOWN_DIGITS = 4;

    @Override
    public String schema() {
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "type": "object",
                  "properties": {
                    "type": { "const": "3ds:payment_authorisation" },
                    "instructed_amount": {
                      "type": "object",
                      "properties": {
                        "amount": { "type": "number", "exclusiveMinimum": 0, "maximum": 999999999999 },
                        "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 3 }
                      },
                      "required": ["amount", "currency"],
                      "additionalProperties": false
                    },
                    "source_account": { "type": "string", "pattern": "^[0-9]{12,19}$", "maxLength": 19 },
                    "beneficiary_name": { "type": "string", "minLength": 1, "maxLength": 140 },
                    "payment_desc": { "type": "string", "minLength": 1, "maxLength": 140 }
                  },
                  "required": ["type", "instructed_amount", "source_account", "beneficiary_name", "payment_desc"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Optional<String> flaw(ObjectNode detail, Instant now) {
        Optional<Currency> currency = currency(detail);
        if (currency.filter(known -> known.getDefaultFractionDigits() >= 0).isEmpty()) {
            return Optional.of("instructed_amount.currency is none in which amounts are paid");
        }
        return currency.filter(known -> amount(detail).scale() > known.getDefaultFractionDigits())
                .map(known -> "instructed_amount.amount has more decimals than its currency");
    }

    @Override
    public List<DetailRow> rows(ObjectNode detail, Texts texts) {
        String card = detail.path("source_account").asText();
        return List.of(
                row(
                        texts,
                        "amount",
                        "Amount",
                        shown(detail, Locale.forLanguageTag(texts.language())),
                        DetailRow.HEADLINE),
                row(texts, "payee", "To", detail.path("beneficiary_name").asText(), DetailRow.HEADLINE),
                row(texts, "reference", "Reference", detail.path("payment_desc").asText(), DetailRow.NORMAL),
                row(texts, "card", "Card", "•••• " + card.substring(card.length() - SHOWN_DIGITS), DetailRow.NORMAL));
    }

    private static DetailRow row(Texts texts, String key, String standIn, String value, int emphasis) {
        return new DetailRow(texts.find("consent.detail." + key).orElse(standIn), value, emphasis);
    }

    private static String shown(ObjectNode detail, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        currency(detail).ifPresent(currency -> {
            format.setCurrency(currency);
            format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
            format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        });
        return format.format(amount(detail));
    }

    private static Optional<Currency> currency(ObjectNode detail) {
        JsonNode code = detail.path(AMOUNT).path("currency");
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code.asText()))
                .findFirst();
    }

    private static BigDecimal amount(ObjectNode detail) {
        return detail.path(AMOUNT).path("amount").decimalValue().stripTrailingZeros();
    }

    @Override
    public boolean isOneTime() {
        return true;
    }

    @Override
    public Optional<AccountField> accounts(ObjectNode detail) {
        return Optional.empty();
    }
}
