package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.registration.TppForm;
import java.util.List;
import java.util.Set;

/**
 * A TPP that is registered, as it was described.
 *
 * @param id Keycloak's internal id of its client
 * @param secret in the first answer alone; {@code null} in others, and where it authenticates by a key
 */
@JsonInclude
record RegisteredTppView(
        String id,
        String clientId,
        String name,
        String ciba,
        String notificationEndpoint,
        List<String> redirectUris,
        List<String> permissions,
        boolean offlineAccess,
        String authentication,
        String jwksUrl,
        String secret) {

    static RegisteredTppView of(String id, TppForm form, String secret) {
        return new RegisteredTppView(
                id,
                form.clientId(),
                form.name(),
                form.ciba().map(SentTpp::word).orElse(null),
                form.notificationEndpoint().orElse(null),
                sorted(form.redirectUris()),
                sorted(form.permissions()),
                form.offlineAccess(),
                SentTpp.word(form.authentication()),
                form.jwksUrl().orElse(null),
                secret);
    }

    private static List<String> sorted(Set<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** Without the secret: nobody prints it by chance. */
    @Override
    public String toString() {
        return "RegisteredTppView[" + clientId + "]";
    }
}
