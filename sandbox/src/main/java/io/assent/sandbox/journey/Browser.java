package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody's browser, as far as the bank's own pages need one: it keeps cookies, follows redirects, and stops where it
 * is sent away from the bank and its partner. It runs no script.
 */
final class Browser {

    private static final Pattern LINK = Pattern.compile("\\bdata-consent-link=\"([^\"]+)\"");
    private static final Pattern ACTION =
            Pattern.compile("<form\\b(?=[^>]*\\bmethod=\"post\")[^>]*\\baction=\"([^\"]+)\"");
    private static final Pattern HIDDEN_FIELD =
            Pattern.compile("<input\\b(?=[^>]*\\btype=\"hidden\")(?=[^>]*\\bname=\"([^\"]*)\")"
                    + "(?=[^>]*\\bvalue=\"([^\"]*)\")[^>]*>");
    private static final String DIGITS = "digits";

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new Cookies())
            .build();

    private final List<Realm> sites;
    private final Transcript transcript;

    /** @param sites where it stays: the bank, and its partner if that has pages to show */
    Browser(Transcript transcript, Realm... sites) {
        this.sites = List.of(sites);
        this.transcript = transcript;
    }

    Page open(URI uri) throws InterruptedException {
        transcript.sent("GET", uri.getPath(), Map.of());
        return follow(request(uri).GET());
    }

    /** The page once more: it goes on where the login can go on. */
    Page lookAgain(Page page) throws InterruptedException {
        return send(page, Map.of());
    }

    /** Types digits into the page. */
    Page enter(Page page, String digits) throws InterruptedException {
        return send(page, Map.of(DIGITS, digits));
    }

    /** Types a name and a password into a login page. */
    Page logIn(Page page, String username, String password) throws InterruptedException {
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("username", username);
        typed.put("password", password);
        return send(page, typed);
    }

    /** Ticks one permission on a consent screen, and approves. */
    Page allow(Page page, String permission) throws InterruptedException {
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("permission", permission);
        typed.put("decision", "approve");
        return send(page, typed);
    }

    private Page send(Page page, Map<String, String> typed) throws InterruptedException {
        Map<String, String> fields = page.hiddenFields();
        fields.putAll(typed);
        transcript.sent("POST", page.action().getPath(), typed);
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return follow(request(page.action())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER_WITHIN)
                .header("Accept-Language", "en")
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    }

    private Page follow(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response = send(request.build());
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            Optional<URI> next = response.headers().firstValue("Location").map(response.uri()::resolve);
            if (response.statusCode() / 100 != 3 || next.isEmpty()) {
                return page(response);
            }
            if (sites.stream().noneMatch(site -> isOf(site, next.get()))) {
                transcript.received(response.statusCode(), RedirectTpp.answer(next.get()), RedirectTpp.SHOWN);
                return new Page(next.get(), true, "");
            }
            response = send(request(next.get()).GET().build());
        }
        throw new JourneyException("the bank redirects without an end");
    }

    private static boolean isOf(Realm site, URI uri) {
        return uri.toString().startsWith(site.uri("/").toString());
    }

    private Page page(HttpResponse<String> response) {
        transcript.received(response.statusCode(), MissingNode.getInstance(), Set.of());
        return new Page(response.uri(), false, response.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new JourneyException("no answer from " + request.uri().getPath() + " (" + e + ")", e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * What the browser shows.
     *
     * @param uri where it is from; where the browser was sent away from the bank, where to
     */
    record Page(URI uri, boolean left, String html) {

        /** What the QR code says. */
        URI link() {
            return URI.create(
                    first(LINK).orElseThrow(() -> new JourneyException("the page in the browser shows no code")));
        }

        boolean wantsDigits() {
            return !left && html.contains("name=\"" + DIGITS + "\"");
        }

        /** Where the browser was sent, away from the bank. */
        URI back() {
            if (!left) {
                throw new JourneyException("the browser is still on the bank's page");
            }
            return uri;
        }

        URI action() {
            return uri.resolve(first(ACTION).orElseThrow(() -> new JourneyException("the page has no form")));
        }

        Map<String, String> hiddenFields() {
            return HIDDEN_FIELD
                    .matcher(html)
                    .results()
                    .collect(Collectors.toMap(
                            field -> field.group(1), field -> text(field.group(2)), (one, other) -> one, TreeMap::new));
        }

        private Optional<String> first(Pattern pattern) {
            Matcher found = pattern.matcher(html);
            return found.find() ? Optional.of(text(found.group(1))) : Optional.empty();
        }

        private static String text(String attribute) {
            return attribute.replace("&amp;", "&");
        }
    }

    /**
     * Of one server, whose realms have paths of their own. A browser takes this machine for as safe as https, and
     * Java's own store of cookies does not.
     */
    private static final class Cookies extends CookieHandler {

        private static final Pattern PATH = Pattern.compile("(?i);\\s*Path=([^;]*)");

        /** By their path, and there by their name. */
        private final Map<String, Map<String, String>> values = new TreeMap<>();

        @Override
        public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            String all = values.entrySet().stream()
                    .filter(path -> uri.getPath().startsWith(path.getKey()))
                    .flatMap(path -> path.getValue().entrySet().stream())
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            return all.isEmpty() ? Map.of() : Map.of("Cookie", List.of(all));
        }

        @Override
        public synchronized void put(URI uri, Map<String, List<String>> headers) {
            headers.forEach((name, cookies) -> {
                if ("Set-Cookie".equalsIgnoreCase(name)) {
                    cookies.forEach(this::keep);
                }
            });
        }

        private void keep(String cookie) {
            String[] nameAndValue = cookie.split(";", 2)[0].split("=", 2);
            Matcher path = PATH.matcher(cookie);
            Map<String, String> there =
                    values.computeIfAbsent(path.find() ? path.group(1).trim() : "/", none -> new TreeMap<>());
            if (nameAndValue.length < 2 || cookie.matches("(?i).*;\\s*Max-Age=0\\b.*")) {
                there.remove(nameAndValue[0].trim());
            } else {
                there.put(nameAndValue[0].trim(), nameAndValue[1]);
            }
        }
    }
}
