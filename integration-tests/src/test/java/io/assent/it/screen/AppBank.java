package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Server;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.AppLinkScreen;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.Map;

/** A bank whose customers log in for a TPP by the app, or go on there from the consent screen. */
record AppBank(Realm realm) {

    private static final String FLOW = "with-app";

    /** @param name of its realm, on the server that most tests share */
    static AppBank open(String name) {
        return open(Servers.shared(Database.H2), name);
    }

    /** @param name of its realm, which is new on that server */
    static AppBank open(Server server, String name) {
        server.admin().createRealm(Servers.realmFile().named(name));
        AppBank bank = new AppBank(server.realm(name));
        Admin admin = server.admin();
        bank.codeBack("never");
        admin.demandOfEveryClient(name, "consents");
        admin.addFlowWithApp(name, FLOW, true);
        admin.bindBrowserFlow(name, ACME, FLOW);
        admin.continueInApp(name, "always");
        return bank;
    }

    /** In place of the usual way, one by the app and then by the password where a client wants level 1. */
    void secondStep() {
        realm.admin().addFlowWithAppAndPassword(realm.name(), "two-steps");
        realm.admin().bindBrowserFlow(realm.name(), ACME, "two-steps");
    }

    /** The usual way again. */
    void oneStep() {
        realm.admin().bindBrowserFlow(realm.name(), ACME, FLOW);
    }

    void close() {
        realm.admin().removeRealm(realm.name());
    }

    /** Whether the app shows digits that the customer types into the browser: {@code always} or {@code never}. */
    void codeBack(String rule) {
        realm.admin().consentRules(realm.name(), Map.of("code-back", rule)).ok();
    }

    CodeFlow flow(String... scopes) {
        return new CodeFlow(realm.tpp(ACME), CodeFlow.BACK, scopes);
    }

    AppLinkPage page(WebClient browser, CodeFlow flow) {
        return new AppLinkPage(browser, browser.open(flow.authorizationUri()));
    }

    /** The same page in a real browser. */
    static AppLinkScreen screen(Browser browser, CodeFlow flow) {
        browser.open(flow.authorizationUri());
        return AppLinkScreen.shown(browser);
    }

    /** From the page of the link to the other way to log in, and through it. */
    static void logInByPassword(Browser browser, Customer customer) {
        browser.click("#try-another-way");
        browser.see("#kc-select-credential-form + [role=button]");
        browser.run("[...document.querySelectorAll('#kc-select-credential-form')].at(-1).requestSubmit()");
        ConsentScreen.logIn(browser, customer);
        browser.see(".consent-buttons");
    }

    /** Claims, and says which request it is. */
    static String claim(BankApp app, AppLink link) {
        return app.claim(link).ok().get("id").asText();
    }

    /** The digits that the app shows after its yes. */
    static String digits(BankApp app, String request) {
        return linkOf(app, request).get("code").asText();
    }

    /** What the app opens after its yes. */
    static URI returnUri(BankApp app, String request) {
        return URI.create(linkOf(app, request).get("returnUri").asText());
    }

    private static JsonNode linkOf(BankApp app, String request) {
        return app.request(request).ok().get("link");
    }
}
