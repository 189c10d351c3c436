package io.assent.rest.admin.overview;

import io.assent.registration.TppForm;
import io.assent.registration.TppForm.Authentication;
import io.assent.registration.TppForm.Ciba;
import io.assent.rest.JsonBody;
import io.assent.rest.TextRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A TPP to be registered, as a body describes it. */
final class SentTpp {

    static TppForm read(JsonBody body) {
        TppForm form = new TppForm(
                body.text("clientId", TextRule.NEW_CLIENT_ID),
                body.text("name", TextRule.LABEL),
                Optional.ofNullable(body.textOrNull("ciba", TextRule.CIBA)).map(word -> named(word, Ciba.values())),
                Optional.ofNullable(body.textOrNull("notificationEndpoint", TextRule.ADDRESS)),
                body.texts("redirectUris", TextRule.ADDRESS).orElse(Set.of()),
                body.texts("permissions", TextRule.SCOPE).orElse(Set.of()),
                body.flag("offlineAccess"),
                named(body.text("authentication", TextRule.AUTHENTICATION), Authentication.values()),
                Optional.ofNullable(body.textOrNull("jwksUrl", TextRule.ADDRESS)),
                Optional.empty());
        body.refuseOthers();
        return form;
    }

    /** As the API spells it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T extends Enum<T>> T named(String word, T[] values) {
        return Arrays.stream(values)
                .filter(value -> word(value).equals(word))
                .findFirst()
                .orElseThrow();
    }

    private SentTpp() {}
}
