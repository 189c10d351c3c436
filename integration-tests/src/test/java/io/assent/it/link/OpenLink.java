package io.assent.it.link;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.DevRealm;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A link that a browser shows, made by the probe; and what its page asks. */
record OpenLink(Realm realm, String id, String cookie, String watch, String secret) {

    /** More than the server holds a question. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One for a new browser. */
    static OpenLink of(Realm realm) {
        return of(realm, 1).get(0);
    }

    static List<OpenLink> of(Realm realm, int count) {
        JsonNode opened = Http.send(Http.request(realm.uri(
                                "/probe/links/many?address=127.0.0.1&client=" + DevRealm.ACME + "&count=" + count))
                        .POST(BodyPublishers.noBody()))
                .ok();
        return StreamSupport.stream(opened.spliterator(), false)
                .map(link -> new OpenLink(
                        realm,
                        link.get("id").asText(),
                        link.get("browser").asText(),
                        link.get("watch").asText(),
                        link.get("secret").asText()))
                .toList();
    }

    String url() {
        return realm.uri("/consent/v1/links/" + secret).toString();
    }

    /** What its page says that it knows. */
    Map<String, String> question(String state) {
        return question(state, state.equals("open") ? Optional.of(url()) : Optional.empty());
    }

    Map<String, String> question(String state, Optional<String> shown) {
        Map<String, String> headers = new TreeMap<>(Map.of("Assent-Watch", watch, "Assent-State", state));
        shown.ifPresent(link -> headers.put("Assent-Link", link));
        return headers;
    }

    /** As its page asks. */
    HttpRequest.Builder waiting(String state) {
        return asked(question(state));
    }

    /** With any headers. */
    HttpRequest.Builder asked(Map<String, String> headers) {
        return asked(realm, headers).header("Cookie", "ASSENT_BROWSER=" + cookie);
    }

    /** By a browser that is not known. */
    static HttpRequest.Builder asked(Realm realm, Map<String, String> headers) {
        HttpRequest.Builder request = Http.request(realm.uri("/consent/v1/waits"))
                .POST(BodyPublishers.noBody())
                .timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    /** Asks, and goes after ten seconds; empty where the server holds the question, which it does for twenty. */
    Optional<Answer> look(String state) {
        try {
            return Optional.of(Http.send(waiting(state).timeout(Duration.ofSeconds(10))));
        } catch (UncheckedIOException held) {
            if (held.getCause() instanceof HttpTimeoutException) {
                return Optional.empty();
            }
            throw held;
        }
    }

    Answer ask(String state) {
        return Http.send(waiting(state));
    }

    /** Has it claimed, denied, approved… */
    void move(Customer customer, String to) {
        Http.send(Http.request(realm.uri("/probe/links/" + id + "/move?secret=" + secret + "&user=" + customer.id()
                                + "&to=" + to))
                        .POST(BodyPublishers.noBody()))
                .ok();
    }

    /** Has it over, or lets it be older. */
    void have(String done) {
        Http.send(Http.request(realm.uri("/probe/links/" + id + "/" + done)).POST(BodyPublishers.noBody()))
                .ok();
    }
}
