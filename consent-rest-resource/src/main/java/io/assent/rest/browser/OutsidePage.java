package io.assent.rest.browser;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.LocaleUtil;

/**
 * A page for a browser that is in no login, in the realm's login theme. It says nothing about the address that led
 * here, and asks for nothing.
 */
public final class OutsidePage {

    private static final String TEMPLATE = "consent-outside.ftl";
    private static final String WHICH = "outside";

    /** Where a link leads when no app opens it. */
    public static Response link(KeycloakSession session) {
        return page(session, "link");
    }

    /** Where the app comes back to in another browser than the one that began. */
    static Response comingBack(KeycloakSession session) {
        return page(session, "return");
    }

    private static Response page(KeycloakSession session, String which) {
        // the language switch leads here
        LocaleUtil.processLocaleParam(session, session.getContext().getRealm(), null);
        return session.getProvider(LoginFormsProvider.class)
                .setAttribute(WHICH, which)
                .setResponseHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .createForm(TEMPLATE);
    }

    private OutsidePage() {}
}
