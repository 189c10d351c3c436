package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.iban4j.IbanUtil;

/** An international bank account number (ISO 13616) in a detail, in capitals and without spaces. */
final class Iban {

    static Optional<String> flaw(String field, JsonNode held) {
        return IbanUtil.isValid(held.asText())
                ? Optional.empty()
                : Optional.of(field + " is no IBAN: its country, length, structure or check digits are wrong");
    }

    /** In groups of four, as on paper. */
    static String shown(JsonNode held) {
        return held.asText().replaceAll(".{4}(?!$)", "$0 ");
    }

    private Iban() {}
}
