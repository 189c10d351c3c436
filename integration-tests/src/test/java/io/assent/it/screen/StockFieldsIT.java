package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the login theme stands in for a stock page it shows every field that the parent theme's page shows. */
class StockFieldsIT {

    private static final String REALM = "stock-fields";
    private static final String PERMISSION = "plain.permission";
    private static final String ABOUT = "Acme tells you each month what you spend.";

    private static Realm realm;
    private static Tpp tpp;

    @BeforeAll
    static void makeRealm() {
        Admin admin = Servers.shared(Database.H2).admin();
        admin.createRealm(
                RealmFile.shipped().hashingCheaply().named(REALM).with(file -> file.withArrayProperty("clientScopes")
                        .add(permission())));
        admin.consentScreen(REALM, false);
        realm = Servers.shared(Database.H2).realm(REALM);
        tpp = realm.newTpp(ACME, client -> {
            client.put("name", "Acme Budget");
            client.withObjectProperty("attributes")
                    .put("display.on.consent.screen", "true")
                    .put("consent.screen.text", ABOUT);
            client.withArrayProperty("optionalClientScopes").removeAll().add(PERMISSION);
        });
    }

    @AfterAll
    static void removeRealm() {
        Servers.shared(Database.H2).admin().removeRealm(REALM);
    }

    @Test
    void theConsentPageHasAllThatTheParentsHas() {
        Document parents = page("keycloak.v2");
        Document ours = page("permissions");

        // a guard against a parent that looks different: this is what it has
        assertThat(texts(parents)).containsExactly(ABOUT, "See plain things");
        assertThat(links(parents)).hasSize(2);
        assertThat(parents.select("img").eachAttr("src")).hasSize(1);

        assertThat(ours.select(".consent").text()).contains(texts(parents));
        assertThat(ours.select("h1").text()).contains("Acme Budget");
        assertThat(links(ours)).containsAll(links(parents));
        // the same picture, by the server's own means
        assertThat(ours.select("img").eachAttr("src"))
                .singleElement()
                .asString()
                .contains("/client-logos/");
        assertThat(fields(ours)).isEqualTo(fields(parents));
    }

    @Test
    void theConsentScreenHasTheClientsOwnText() {
        Admin admin = realm.admin();
        admin.consentScreen(REALM, true);
        try {
            WebClient browser = new WebClient(realm);
            CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, PERMISSION);
            WebPage page = browser.open(flow, realm.newCustomer());
            assertThat(page.html().select(".consent-about").text()).isEqualTo(ABOUT);

            WebPage after = browser.approve(page);
            assertThat(after.left()).as("nothing else is asked: " + after).isTrue();
            assertThat(flow.tokens(after.uri()).accessTokenScope()).contains(PERMISSION);
        } finally {
            admin.consentScreen(REALM, false);
        }
    }

    /** Where a device asks for nothing but a login, the page asks whether the customer means this client. */
    @Test
    void theConsentPageOfADeviceSaysWhichClientItIsFor() {
        Tpp device = realm.newTpp(ACME, client -> client.withObjectProperty("attributes")
                .put("oauth2.device.authorization.grant.enabled", "true"));

        List<String> parents = texts(devicePage("keycloak.v2", device));
        Document ours = devicePage("permissions", device);

        assertThat(parents).containsExactly("Acme Budget");
        assertThat(ours.select(".consent").text()).contains(parents);
        assertThat(ours.select(".consent-lead"))
                .as("how to choose, where there is nothing")
                .isEmpty();
    }

    private static Document devicePage(String theme, Tpp device) {
        realm.admin().updateRealm(REALM, it -> it.put("loginTheme", theme));
        String uri = device.post("/protocol/openid-connect/auth/device", Map.of("scope", "openid"))
                .ok()
                .get("verification_uri_complete")
                .asText();
        WebClient browser = new WebClient(realm);
        return browser.logIn(browser.open(URI.create(uri)), realm.newCustomer()).html();
    }

    private static Document page(String theme) {
        realm.admin().updateRealm(REALM, it -> it.put("loginTheme", theme));
        Customer customer = realm.newCustomer();
        WebPage page = new WebClient(realm).open(new CodeFlow(tpp, CodeFlow.BACK, PERMISSION), customer);
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        return page.html();
    }

    private static List<String> texts(Document parents) {
        return parents.select("#kc-oauth li").eachText().stream().sorted().toList();
    }

    private static List<String> links(Document page) {
        return page.select("#kc-oauth a, .consent a").eachAttr("href");
    }

    /** The names of what the form sends. */
    private static TreeSet<String> fields(Document page) {
        return Stream.of("input", "button")
                .flatMap(element -> page.select("form[method=post] " + element + "[name]").stream())
                .map(field -> field.attr("name"))
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    private static ObjectNode permission() {
        ObjectNode scope = Http.object().put("name", PERMISSION).put("protocol", "openid-connect");
        scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", "See plain things")
                .put("include.in.token.scope", "true");
        return scope;
    }
}
