package io.assent.it.link;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A login in a browser that waits for the app, as the probe opens it: a page without a page. */
final class WaitingLogin {

    private final Realm realm;
    private final Map<String, String> parameters;
    private final JsonNode opened;

    private WaitingLogin(Realm realm, Map<String, String> parameters) {
        this.realm = realm;
        this.parameters = parameters;
        opened = call(realm, "", parameters).ok();
        parameters.put("browser", text("browser"));
    }

    /** Of a customer whom the browser does not know, in the network of the tests. */
    static WaitingLogin of(Realm realm, String clientId, String... scopes) {
        return new WaitingLogin(realm, parameters(clientId, scopes));
    }

    /** The same, from another network. */
    static WaitingLogin fromElsewhere(Realm realm, String clientId, String... scopes) {
        Map<String, String> parameters = parameters(clientId, scopes);
        parameters.put("address", "198.51.100.7");
        return new WaitingLogin(realm, parameters);
    }

    static WaitingLogin withDetails(Realm realm, String clientId, String details) {
        Map<String, String> parameters = parameters(clientId);
        parameters.put("details", details);
        return new WaitingLogin(realm, parameters);
    }

    /** Of a customer whom the browser knows. */
    static WaitingLogin ofKnown(Customer customer, String clientId, String... scopes) {
        Map<String, String> parameters = parameters(clientId, scopes);
        parameters.put("user", customer.id());
        return new WaitingLogin(customer.realm(), parameters);
    }

    private static Map<String, String> parameters(String clientId, String... scopes) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("client", clientId);
        parameters.put("scope", ("openid " + String.join(" ", scopes)).strip());
        parameters.put("login", UUID.randomUUID().toString());
        parameters.put("address", "127.0.0.1");
        return parameters;
    }

    String id() {
        return text("id");
    }

    String secret() {
        return text("secret");
    }

    String number() {
        return text("number");
    }

    String wrongNumber() {
        return number().equals("10") ? "11" : "10";
    }

    String browser() {
        return text("browser");
    }

    private String text(String name) {
        return opened.get(name).asText();
    }

    /** The same page once more. */
    WaitingLogin reloaded() {
        return new WaitingLogin(realm, new TreeMap<>(parameters));
    }

    /** Asks the customer whom the browser knows: the id of the request, or why not. */
    String ask() {
        return result("ask");
    }

    String answer() {
        return result("answer");
    }

    String enter(String digits) {
        return call(realm, path("enter"), Map.of("digits", digits))
                .ok()
                .get("result")
                .asText();
    }

    boolean back(String secret, String browser) {
        return call(realm, "/returns", Map.of("secret", secret, "browser", browser))
                .ok()
                .get("result")
                .asBoolean();
    }

    boolean goesOn() {
        return result("use").equals("true");
    }

    void leave() {
        call(realm, path("leave"), Map.of()).ok();
    }

    void age(int seconds) {
        call(realm, path("age"), Map.of("seconds", String.valueOf(seconds))).ok();
    }

    Answer end() {
        return call(realm, path("end"), Map.of());
    }

    private String result(String what) {
        return call(realm, path(what), Map.of()).ok().get("result").asText();
    }

    private String path(String what) {
        return "/" + id() + "/" + what;
    }

    private static Answer call(Realm realm, String path, Map<String, String> parameters) {
        return Http.send(Http.request(realm.uri("/probe/links" + path + "?" + Http.query(parameters)))
                .POST(BodyPublishers.noBody()));
    }
}
