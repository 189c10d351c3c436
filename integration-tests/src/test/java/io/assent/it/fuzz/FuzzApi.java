package io.assent.it.fuzz;

import io.assent.testing.actor.OpenApi;
import io.assent.testing.actor.Realm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Requests to the app's API, none of which the API may accept as a change. */
final class FuzzApi implements Fuzz.Target {

    private static final String APPROVAL = "{\"decision\":\"approve\",\"grantedScopes\":[\"accounts.balances\"]}";
    private static final String DENIAL = "{\"decision\":\"deny\"}";
    private static final String DEVICE =
            "{\"platform\":\"log\",\"pushToken\":\"t0k3n\",\"label\":\"Alice's phone\",\"locale\":\"de-AT\"}";
    private static final Pattern UUID_TEXT = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Realm realm;
    private final OpenApi openApi;
    private final String accessToken;
    private final String requestId;

    /**
     * @param accessToken of the customer who is asked
     * @param requestId a request that waits for this customer's answer
     */
    FuzzApi(Realm realm, String accessToken, String requestId) {
        this.realm = realm;
        this.openApi = realm.openApi();
        this.accessToken = accessToken;
        this.requestId = requestId;
    }

    @Override
    public Optional<FuzzInput> next(FuzzNoise noise) {
        return switch (noise.below(12)) {
            case 0, 1, 2 -> body(noise, "/requests/{id}/decision", "/requests/" + requestId + "/decision");
            case 3, 4 -> body(noise, "/devices/{deviceId}", "/devices/" + UUID.randomUUID());
            case 5 -> Optional.of(unknownSelection(noise));
            case 6 -> badId(noise);
            case 7 -> Optional.of(query(noise));
            case 8 -> Optional.of(method(noise));
            case 9 -> Optional.of(header(noise));
            case 10 -> Optional.of(token(noise));
            default -> Optional.of(wire(noise));
        };
    }

    /** A body that is none of those that the description allows. */
    private Optional<FuzzInput> body(FuzzNoise noise, String operation, String path) {
        byte[] body = malformed(noise);
        if (allowed(operation, body)) {
            return Optional.empty();
        }
        Map<String, String> headers = authorized();
        headers.put("Content-Type", noise.oneIn(8) ? noise.line() : "application/json");
        return Optional.of(input("body", "PUT", path, headers, body));
    }

    private static byte[] malformed(FuzzNoise noise) {
        return switch (noise.below(8)) {
            case 0 -> noise.bytes(2_000);
            case 1 -> noise.json(4).getBytes(StandardCharsets.UTF_8);
            case 2 ->
                (noise.oneOf("[", "{\"a\":", "{\"decision\":[").repeat(1 + noise.below(20_000)))
                        .getBytes(StandardCharsets.UTF_8);
            case 3 ->
                ("{\"decision\":\"approve\",\"grantedScopes\":" + noise.json(3) + "}").getBytes(StandardCharsets.UTF_8);
            case 4 ->
                ("{\"platform\":" + noise.json(1) + ",\"pushToken\":" + noise.json(1) + "}")
                        .getBytes(StandardCharsets.UTF_8);
            case 5 ->
                ("{" + noise.quoted("decision") + ":" + noise.json(1) + "," + noise.quoted(noise.text()) + ":1}")
                        .getBytes(StandardCharsets.UTF_8);
            default -> noise.damaged(noise.oneOf(APPROVAL, DENIAL, DEVICE));
        };
    }

    private boolean allowed(String operation, byte[] body) {
        try {
            return openApi.allows("PUT", operation, new String(body, StandardCharsets.UTF_8));
        } catch (RuntimeException notJson) {
            return false;
        }
    }

    private FuzzInput unknownSelection(FuzzNoise noise) {
        String scopes = noise.quoted("x-" + noise.text()) + (noise.oneIn(2) ? ",\"accounts.balances\"" : "");
        return input(
                "selection",
                "PUT",
                "/requests/" + requestId + "/decision",
                json(),
                ("{\"decision\":\"approve\",\"grantedScopes\":[" + scopes + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private Optional<FuzzInput> badId(FuzzNoise noise) {
        String id =
                noise.oneIn(4) ? new String(noise.damaged(requestId), StandardCharsets.ISO_8859_1) : noise.segment();
        id = id.replaceAll("[\r\n]", "~");
        if (UUID_TEXT.matcher(id).find() || id.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                noise.oneIn(2)
                        ? input(
                                "id",
                                "PUT",
                                "/requests/" + id + "/decision",
                                json(),
                                DENIAL.getBytes(StandardCharsets.UTF_8))
                        : input("id", "PUT", "/devices/" + id, json(), DEVICE.getBytes(StandardCharsets.UTF_8)));
    }

    private FuzzInput query(FuzzNoise noise) {
        String query = noise.oneOf("status", "after", "max", noise.segment()) + "=" + noise.segment()
                + (noise.oneIn(3) ? "&max=" + noise.segment() : "");
        return input(
                "query",
                "GET",
                noise.oneOf("/requests?", "/devices?", "/requests/" + requestId + "?") + query,
                authorized(),
                new byte[0]);
    }

    private FuzzInput method(FuzzNoise noise) {
        String method = noise.oneOf(
                "POST",
                "PATCH",
                "HEAD",
                "OPTIONS",
                "TRACE",
                "CONNECT",
                "PROPFIND",
                "get",
                "put",
                "",
                "P\tUT",
                "\u00e9",
                noise.line().replaceAll("\\s", "") + "Q");
        return input(
                "method",
                method,
                noise.oneOf("/requests/" + requestId + "/decision", "/devices/" + UUID.randomUUID(), "/requests", "/"),
                json(),
                DENIAL.getBytes(StandardCharsets.UTF_8));
    }

    private FuzzInput header(FuzzNoise noise) {
        Map<String, String> headers = authorized();
        headers.put(
                noise.oneOf(
                        "Content-Type",
                        "Accept",
                        "Accept-Language",
                        "Accept-Encoding",
                        "Origin",
                        "Cookie",
                        "Forwarded",
                        "X-Forwarded-For",
                        "X-Forwarded-Proto",
                        "Range",
                        "If-Match",
                        "Expect",
                        "Upgrade",
                        "Host",
                        "DPoP",
                        "X-" + noise.line().replaceAll("[^A-Za-z]", "a")),
                noise.line().repeat(noise.oneIn(20) ? 500 : 1));
        return input(
                "header",
                "GET",
                noise.oneOf("/requests", "/requests/" + requestId, "/devices", "/openapi.json"),
                headers,
                new byte[0]);
    }

    /** A token that is not the customer's; with it, nothing is malformed but that. */
    private FuzzInput token(FuzzNoise noise) {
        String[] parts = accessToken.split("\\.");
        String token =
                switch (noise.below(5)) {
                    case 0 -> noise.line();
                    case 1 -> parts[0] + "." + parts[1] + ".";
                    case 2 -> "eyJhbGciOiJub25lIn0." + parts[1] + "." + noise.oneOf("", parts[2]);
                    case 3 -> parts[0] + "." + parts[1].substring(0, noise.below(parts[1].length())) + "." + parts[2];
                    default -> accessToken.substring(0, noise.below(accessToken.length() - 10));
                };
        Map<String, String> headers = json();
        headers.put("Authorization", noise.oneOf("Bearer ", "bearer ", "DPoP ", "Basic ", "", "Bearer") + token);
        return input(
                "token",
                "PUT",
                "/requests/" + requestId + "/decision",
                headers,
                DENIAL.getBytes(StandardCharsets.UTF_8));
    }

    /** What is no HTTP, or ends too early. */
    private FuzzInput wire(FuzzNoise noise) {
        Map<String, String> headers = json();
        String path = base() + "/requests/" + requestId + "/decision";
        byte[] body = DENIAL.getBytes(StandardCharsets.UTF_8);
        switch (noise.below(6)) {
            case 0 -> headers.put("Content-Length", String.valueOf(body.length + 1 + noise.below(1_000_000)));
            case 1 -> {
                headers.put("Transfer-Encoding", "chunked");
                body = noise.oneOf("zz\r\n", "5\r\nab", "ffffffffffffffff\r\n", "-1\r\n\r\n", "0")
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                // the rest may be read as something that is right
                body = "{\"decision\":\"perhaps\"}".getBytes(StandardCharsets.UTF_8);
                switch (noise.below(4)) {
                    case 0 -> headers.put("Content-Length", noise.oneOf("-1", "x", "1e3", "99999999999999999999", ""));
                    case 1 -> path = path + " " + noise.line();
                    case 2 -> headers.put(noise.oneOf("", " ", "a b", "\u00e9", "x:y", "("), noise.line());
                    default -> headers.put("X-Long", "x".repeat(20_000 + noise.below(100_000)));
                }
            }
        }
        return new FuzzInput("wire", "PUT", path, "/realms/" + realm.name() + "/account", headers, body, false);
    }

    private FuzzInput input(String kind, String method, String path, Map<String, String> headers, byte[] body) {
        return new FuzzInput(
                kind,
                method,
                base() + path,
                "/realms/" + realm.name() + "/protocol/openid-connect/userinfo",
                headers,
                body,
                !method.equals("CONNECT"));
    }

    private String base() {
        return "/realms/" + realm.name() + "/consent/v1";
    }

    private Map<String, String> authorized() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + accessToken);
        return headers;
    }

    private Map<String, String> json() {
        Map<String, String> headers = authorized();
        headers.put("Content-Type", "application/json");
        return headers;
    }
}
