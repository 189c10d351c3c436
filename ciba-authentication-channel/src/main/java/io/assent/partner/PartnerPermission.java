package io.assent.partner;

import io.assent.text.Texts;
import java.util.Optional;

/**
 * Something that a bank may see at a partner, in words.
 *
 * @param scope by which the partner knows it
 * @param detail more words, or {@code null}
 */
public record PartnerPermission(String scope, String title, String detail) {

    /** What a customer can be asked for. Empty where the admin wrote no words for it: then nobody is asked. */
    static Optional<PartnerPermission> of(String alias, String scope, Texts texts) {
        return texts.expect(key(alias, scope))
                .map(title -> new PartnerPermission(scope, title, detail(alias, scope, texts)));
    }

    /** What stands: by its name where there are no words for it any more. */
    static PartnerPermission standing(String alias, String scope, Texts texts) {
        return new PartnerPermission(scope, texts.find(key(alias, scope)).orElse(scope), detail(alias, scope, texts));
    }

    private static String detail(String alias, String scope, Texts texts) {
        return texts.find(key(alias, scope) + ".detail").orElse(null);
    }

    private static String key(String alias, String scope) {
        return "partner." + alias + "." + scope;
    }
}
