package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a detail in a customer's language. What a client sent is put beside our texts, never into them. Where a
 * text is missing, the name of what it says stands in.
 */
final class Rows {

    private final Texts texts;
    private final Locale locale;
    private final List<DetailRow> all = new ArrayList<>();

    Rows(Texts texts) {
        this.texts = texts;
        this.locale = Locale.forLanguageTag(texts.language());
    }

    Locale locale() {
        return locale;
    }

    /** @param name of the text {@code consent.detail.NAME} */
    String text(String name) {
        return texts.expect("consent.detail." + name).orElse(name);
    }

    Rows headline(String label, String value) {
        return add(label, value, DetailRow.HEADLINE);
    }

    Rows normal(String label, String value) {
        return add(label, value, DetailRow.NORMAL);
    }

    /** A row for a text that a client may leave out. */
    Rows normal(String label, JsonNode value) {
        return value.isTextual() ? normal(label, value.textValue()) : this;
    }

    /** A row for a date that a client may leave out. */
    Rows day(String label, JsonNode value) {
        return value.isTextual() ? normal(label, Day.shown(value.textValue(), locale)) : this;
    }

    private Rows add(String label, String value, int emphasis) {
        all.add(new DetailRow(text(label), value, emphasis));
        return this;
    }

    List<DetailRow> all() {
        return all;
    }
}
