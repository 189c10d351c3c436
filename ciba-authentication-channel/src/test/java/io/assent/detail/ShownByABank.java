package io.assent.detail;

import io.assent.text.PackTexts;
import java.util.List;

/** Details as a bank with the built-in types shows them. */
public final class ShownByABank {

    /** @param details each in JSON */
    public static List<ShownDetail> in(String language, String... details) {
        return Sent.bank().shown(Sent.asked(details), PackTexts.in(language), () -> Sent.accounts("a1", "a2"));
    }

    private ShownByABank() {}
}
