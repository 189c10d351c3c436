package io.assent.testing.browser;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A browser without a screen and without JavaScript, for what no browser sends: it keeps cookies, follows the server's
 * redirects, and stops where it is sent away from the server.
 */
public final class WebClient {

    private static final int MOST_REDIRECTS = 10;
    private static final String DESTINATION = "Sec-Fetch-Dest";

    private final String server;
    private final LoopbackCookies cookies = new LoopbackCookies();
    private final HttpClient http;

    public WebClient(Realm realm) {
        URI uri = realm.server().uri("/");
        this.server = uri.toString();
        this.http = Http.builderFor(uri).cookieHandler(cookies).build();
    }

    /** The header in which it sends the cookies for a page. */
    public String cookies(URI uri) {
        try {
            return String.join("; ", cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WebPage open(URI uri) {
        return follow(Http.request(uri).GET());
    }

    /** Loads something for another use than to show it as a page, as an {@code img} of any page does. */
    public WebPage load(URI uri, String destination) {
        return follow(Http.request(uri).header(DESTINATION, destination).GET(), Optional.of(destination));
    }

    /** Gets into a customer's place, as an admin does it in the console. */
    public void impersonate(Customer customer) {
        Realm realm = customer.realm();
        HttpResponse<String> entered =
                send(realm.admin().impersonation(realm.name(), customer.id()).build());
        if (entered.statusCode() != 200) {
            throw new AssertionError(entered.statusCode() + " " + entered.body());
        }
    }

    /** Opens a TPP's authorization URI, and logs in where the server asks for it. */
    public WebPage open(CodeFlow flow, Customer customer) {
        return logIn(open(flow.authorizationUri()), customer);
    }

    public WebPage logIn(WebPage page, Customer customer) {
        if (page.left() || page.html().selectFirst("#kc-form-login") == null) {
            return page;
        }
        return send(
                page.action(),
                Map.of("username", List.of(customer.username()), "password", List.of(customer.password())));
    }

    public WebPage approve(WebPage page, String... permissions) {
        return decide(page, "approve", List.of(permissions));
    }

    public WebPage deny(WebPage page) {
        return decide(page, "deny", List.of());
    }

    /** Sends the consent form as it stands, with these permissions ticked as well. */
    public WebPage decide(WebPage page, String decision, List<String> permissions) {
        Map<String, List<String>> fields = new LinkedHashMap<>(page.fields());
        fields.merge("permission", permissions, (old, more) -> {
            List<String> all = new ArrayList<>(old);
            all.addAll(more);
            return all;
        });
        fields.put("decision", List.of(decision));
        return send(page.action(), fields);
    }

    /** Sends any form anywhere. */
    public WebPage send(URI action, Map<String, List<String>> fields) {
        return follow(form(action, fields));
    }

    /** Sends a form, and goes no further. @return where the server sends the browser next */
    public URI sendAndStop(URI action, Map<String, List<String>> fields) {
        HttpResponse<String> response = send(form(action, fields).build());
        return response.headers()
                .firstValue("Location")
                .map(response.uri()::resolve)
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }

    private static HttpRequest.Builder form(URI action, Map<String, List<String>> fields) {
        String body = fields.entrySet().stream()
                .flatMap(field -> field.getValue().stream().map(value -> encode(field.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return Http.request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private WebPage follow(HttpRequest.Builder request) {
        return follow(request, Optional.empty());
    }

    private WebPage follow(HttpRequest.Builder request, Optional<String> destination) {
        HttpResponse<String> response = send(request.build());
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            String location = response.headers().firstValue("Location").orElse(null);
            if (response.statusCode() / 100 != 3 || location == null) {
                return new WebPage(response.uri(), response.statusCode(), false, response.body());
            }
            URI next = response.uri().resolve(location);
            if (!next.toString().startsWith(server)) {
                return new WebPage(next, response.statusCode(), true, "");
            }
            HttpRequest.Builder following = Http.request(next).GET();
            destination.ifPresent(value -> following.header(DESTINATION, value));
            response = send(following.build());
        }
        throw new AssertionError("too many redirects, the last from " + response.uri());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
