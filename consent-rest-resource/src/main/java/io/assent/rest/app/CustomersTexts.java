package io.assent.rest.app;

import io.assent.rest.Caller;
import io.assent.text.Languages;
import io.assent.text.Texts;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.KeycloakSession;

/** The words in the language that a call asks for; else the customer's, else the realm's. */
final class CustomersTexts {

    static Texts of(KeycloakSession session, Caller caller) {
        String preferred =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        return Texts.of(session, caller.realm(), new Languages(caller.realm()).choose(preferred, caller.user()));
    }

    private CustomersTexts() {}
}
