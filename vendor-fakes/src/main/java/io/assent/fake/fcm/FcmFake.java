package io.assent.fake.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import io.assent.fake.http.Call;
import io.assent.fake.http.Form;
import io.assent.fake.http.Json;
import io.assent.fake.http.VendorServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Firebase Cloud Messaging on this machine: the HTTP v1 API ({@code POST /v1/projects/{project}/messages:send}) and the
 * OAuth token endpoint of its service accounts ({@code POST /token}). May be used from any thread.
 */
public final class FcmFake implements AutoCloseable {

    /** The project of the service accounts that it writes. */
    public static final String PROJECT = "fake-project";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEND = Pattern.compile("/v1/projects/([^/]+)/messages:send");
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** Of every assertion, whatever endpoint the service account's key names. */
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";

    /** All that a sender of messages needs. */
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

    private static final Set<String> FIELDS = Set.of("token", "data", "notification", "android", "apns");

    private final VendorServer server;
    private final Consumer<FcmPush> listener;
    private final List<FcmPush> pushes = new CopyOnWriteArrayList<>();
    private final List<String> traceparents = new CopyOnWriteArrayList<>();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokensIssued = new AtomicInteger();
    private final AtomicInteger tokensAsked = new AtomicInteger();
    private final Map<String, Behaviour> toDevices = new ConcurrentHashMap<>();
    private volatile Behaviour toAll = Behaviour.USUAL;
    private volatile Behaviour toTokenRequests = Behaviour.USUAL;

    private FcmFake(int port, Consumer<FcmPush> listener) {
        this.listener = listener;
        this.server = new VendorServer(port);
        server.handle("/v1/", this::send);
        server.handle("/token", this::token);
        server.up();
    }

    /** A fake at a free port. */
    public static FcmFake start() {
        return start(push -> {});
    }

    /** A fake at a free port that tells of every message as soon as it has it. */
    public static FcmFake start(Consumer<FcmPush> listener) {
        return new FcmFake(0, listener);
    }

    /**
     * Prints every push that it gets in one line, until it is ended. Arguments: the port, and, optionally, the file to
     * write a service account's JSON key to.
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 1 || arguments.length > 2 || !arguments[0].matches("[0-9]{1,5}")) {
            System.err.println("Usage: FcmFake <port> [<file for a service account's key>]");
            System.exit(2);
        }
        try (FcmFake fake = new FcmFake(Integer.parseInt(arguments[0]), push -> System.out.println(line(push)))) {
            if (arguments.length == 2) {
                fake.writeServiceAccount(Path.of(arguments[1]));
            }
            System.out.println("A fake of FCM listens at " + fake.uri());
            Thread.currentThread().join();
        }
    }

    /** What to set as {@code --spi-push-sender--fcm--endpoint}. */
    public URI uri() {
        return server.uri();
    }

    /**
     * Writes a throw-away key whose access tokens this fake issues: {@code --spi-push-sender--fcm--service-account}.
     */
    public void writeServiceAccount(Path file) {
        ServiceAccount.write(file, PROJECT, uri().resolve("/token"));
    }

    /** How to treat every message, apart from those to devices of their own. */
    public void behave(Behaviour behaviour) {
        toAll = behaviour;
    }

    /** How to treat messages to one device. */
    public void behaveTo(String token, Behaviour behaviour) {
        toDevices.put(token, behaviour);
    }

    /** How to treat those who ask for an access token. */
    public void behaveToTokenRequests(Behaviour behaviour) {
        toTokenRequests = behaviour;
    }

    /** Forgets every access token that it issued. */
    public void revokeAccessTokens() {
        accessTokens.clear();
    }

    /** Closes every connection and refuses new ones. */
    public void down() {
        server.down();
    }

    /** Listens again, at the same port. */
    public void up() {
        server.up();
    }

    /** Every message so far, taken or not, in the order of their arrival. */
    public List<FcmPush> pushes() {
        return List.copyOf(pushes);
    }

    /** The {@code traceparent} of each message that had one. */
    public List<String> traceparents() {
        return List.copyOf(traceparents);
    }

    /** The messages to one device. */
    public List<FcmPush> pushesTo(String token) {
        return pushes.stream().filter(push -> push.token().equals(token)).toList();
    }

    /** How many messages about a request a device got. */
    public long accepted(String token, String requestId) {
        return pushesTo(token).stream()
                .filter(push -> push.accepted() && push.requestId().equals(requestId))
                .count();
    }

    /** How often an access token was asked for. */
    public int tokenRequests() {
        return tokensAsked.get();
    }

    /** Forgets what it got and behaves as usual again. */
    public void reset() {
        pushes.clear();
        toDevices.clear();
        toAll = Behaviour.USUAL;
        toTokenRequests = Behaviour.USUAL;
        tokensAsked.set(0);
    }

    @Override
    public void close() {
        server.close();
    }

    private void send(HttpExchange exchange) throws IOException {
        JsonNode body = Json.parse(VendorServer.body(exchange));
        JsonNode message = body.path("message");
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent"))
                .ifPresent(traceparents::add);
        Received received = new Received(project(exchange), message);
        Behaviour behaviour = toDevices.getOrDefault(message.path("token").asText(), toAll);
        try {
            behaviour.play(new Call(
                    exchange,
                    () -> {
                        Answer answer = answer(exchange, received);
                        received.accepted = answer.status() == 200;
                        received.record();
                        return answer;
                    },
                    received::record));
        } finally {
            received.record();
        }
    }

    private Answer answer(HttpExchange exchange, Received received) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !accessTokens.contains(authorization.replaceFirst("^Bearer ", ""))) {
            return FcmError.UNAUTHENTICATED.answer();
        }
        if (received.project.isEmpty() || !exchange.getRequestMethod().equals("POST")) {
            return FcmError.NOT_FOUND.answer();
        }
        if (received.message.path("token").asText().isBlank()) {
            return FcmError.INVALID_TOKEN.answer();
        }
        if (!isValid(received.message)) {
            return FcmError.INVALID_ARGUMENT.answer();
        }
        String name = "projects/" + received.project + "/messages/" + pushes.size();
        return Answer.of(
                200,
                "application/json; charset=UTF-8",
                JSON.createObjectNode().put("name", name).toString());
    }

    /** What FCM refuses, as far as a sender may get it wrong. */
    private static boolean isValid(JsonNode message) {
        for (Map.Entry<String, JsonNode> field : message.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> entry : message.path("data").properties()) {
            if (!entry.getValue().isTextual() || entry.getKey().matches("from|message_type|google.*|gcm.*")) {
                return false;
            }
        }
        return message.path("android").path("ttl").asText("0s").matches("[0-9]+(\\.[0-9]{1,9})?s");
    }

    private void token(HttpExchange exchange) throws IOException {
        tokensAsked.incrementAndGet();
        Map<String, String> form = Form.parse(VendorServer.body(exchange));
        toTokenRequests.play(new Call(exchange, () -> token(form)));
    }

    private Answer token(Map<String, String> form) {
        if (!JWT_BEARER.equals(form.get("grant_type")) || !isAssertion(form.getOrDefault("assertion", ""))) {
            return Answer.of(400, "application/json", "{\"error\":\"invalid_grant\"}");
        }
        String token = "fake-access-token-" + tokensIssued.incrementAndGet();
        accessTokens.add(token);
        return Answer.of(
                200,
                "application/json",
                JSON.createObjectNode()
                        .put("access_token", token)
                        .put("expires_in", 3599)
                        .put("token_type", "Bearer")
                        .toString());
    }

    private static boolean isAssertion(String assertion) {
        String[] parts = assertion.split("\\.");
        if (parts.length != 3 || parts[2].isEmpty()) {
            return false;
        }
        JsonNode claims = part(parts[1]);
        long now = Instant.now().getEpochSecond();
        return part(parts[0]).path("alg").asText().equals("RS256")
                && claims.path("iss").asText().equals(ServiceAccount.EMAIL)
                && claims.path("aud").asText().equals(AUDIENCE)
                && claims.path("scope").asText().equals(SCOPE)
                && claims.path("exp").asLong() > now
                && claims.path("exp").asLong() <= now + 3600 + 60;
    }

    private static JsonNode part(String base64) {
        try {
            return Json.parse(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return MissingNode.getInstance();
        }
    }

    private static String project(HttpExchange exchange) {
        Matcher matcher = SEND.matcher(exchange.getRequestURI().getPath());
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String line(FcmPush push) {
        return "Push %s: %s to …%s, for %s in realm %s until %s: %s / %s"
                .formatted(
                        push.accepted() ? "taken" : "refused",
                        push.message().path("data").path("type").asText(),
                        push.token().substring(Math.max(0, push.token().length() - 6)),
                        push.requestId(),
                        push.message().path("data").path("realm").asText(),
                        push.message().path("data").path("expiresAt").asText(),
                        push.message().path("notification").path("title").asText(),
                        push.message().path("notification").path("body").asText());
    }

    /** A message on its way into the record, where it goes once: when it is taken, or else when it is dealt with. */
    private final class Received {

        private final String project;
        private final JsonNode message;
        private boolean accepted;
        private boolean recorded;

        Received(String project, JsonNode message) {
            this.project = project;
            this.message = message;
        }

        void record() {
            if (!recorded) {
                recorded = true;
                FcmPush push = new FcmPush(project, message, Instant.now(), accepted);
                pushes.add(push);
                listener.accept(push);
            }
        }
    }
}
