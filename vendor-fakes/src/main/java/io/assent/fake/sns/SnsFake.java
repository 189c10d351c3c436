package io.assent.fake.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import io.assent.fake.http.Call;
import io.assent.fake.http.Form;
import io.assent.fake.http.Json;
import io.assent.fake.http.VendorServer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Amazon SNS on this machine, as far as mobile push and topics go: the query protocol with
 * {@code CreatePlatformEndpoint}, {@code GetEndpointAttributes}, {@code SetEndpointAttributes} and {@code Publish}.
 * Signatures are not verified. May be used from any thread.
 */
public final class SnsFake implements AutoCloseable {

    static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    /** What the fake can be asked to do. */
    public enum Action {
        CREATE_PLATFORM_ENDPOINT("CreatePlatformEndpoint"),
        GET_ENDPOINT_ATTRIBUTES("GetEndpointAttributes"),
        SET_ENDPOINT_ATTRIBUTES("SetEndpointAttributes"),
        PUBLISH("Publish");

        private final String wireName;

        Action(String wireName) {
            this.wireName = wireName;
        }

        static Optional<Action> of(String wireName) {
            return List.of(values()).stream()
                    .filter(action -> action.wireName.equals(wireName))
                    .findFirst();
        }
    }

    private final VendorServer server = new VendorServer(0);
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final List<SnsPublication> publications = new CopyOnWriteArrayList<>();
    private final Map<Action, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<Action, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, Behaviour> toDevices = new ConcurrentHashMap<>();

    private SnsFake() {
        server.handle("/", this::handle);
        server.up();
    }

    /** A fake at a free port. */
    public static SnsFake start() {
        return new SnsFake();
    }

    /** What to set as {@code --spi-push-sender--sns--endpoint}. */
    public URI uri() {
        return server.uri();
    }

    /** How to treat one kind of call. */
    public void behave(Action action, Behaviour behaviour) {
        behaviours.put(action, behaviour);
    }

    /** How to treat messages to one device. */
    public void behaveTo(String token, Behaviour behaviour) {
        toDevices.put(token, behaviour);
    }

    /** Closes every connection and refuses new ones. */
    public void down() {
        server.down();
    }

    /** Listens again, at the same port. */
    public void up() {
        server.up();
    }

    /** An endpoint that somebody else made, with attributes of theirs. */
    public String addEndpoint(String applicationArn, String token, String userData) {
        Endpoint endpoint = new Endpoint(applicationArn, token, userData);
        endpoints.put(endpoint.arn, endpoint);
        return endpoint.arn;
    }

    /** As SNS does when FCM or APNs says that a token is dead. */
    public void disable(String arn) {
        endpoints.get(arn).enabled = false;
    }

    public void delete(String arn) {
        endpoints.remove(arn);
    }

    /** Whether there is such an endpoint and it is enabled. */
    public boolean isEnabled(String arn) {
        return Optional.ofNullable(endpoints.get(arn))
                .map(endpoint -> endpoint.enabled)
                .orElse(false);
    }

    /** The endpoints of a device, by their ARNs. */
    public List<String> endpointsOf(String token) {
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.token.equals(token))
                .map(endpoint -> endpoint.arn)
                .toList();
    }

    /** Every message so far, taken or not, in the order of their arrival. */
    public List<SnsPublication> publications() {
        return List.copyOf(publications);
    }

    /** How many messages about a request a device got. */
    public long accepted(String token, String requestId) {
        return publications.stream()
                .filter(SnsPublication::accepted)
                .filter(push -> token.equals(push.token()) && push.requestId().equals(requestId))
                .count();
    }

    /** How often it was asked. */
    public int calls(Action action) {
        return calls.getOrDefault(action, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> form = Form.parse(VendorServer.body(exchange));
        Optional<Action> action = Action.of(form.get("Action"));
        if (action.isEmpty()) {
            new Call(exchange, SnsError.INVALID_PARAMETER::answer).answer(SnsError.INVALID_PARAMETER.answer());
            return;
        }
        calls.computeIfAbsent(action.get(), unseen -> new AtomicInteger()).incrementAndGet();
        Behaviour behaviour = behaviours.getOrDefault(action.get(), Behaviour.USUAL);
        if (action.get() != Action.PUBLISH) {
            behaviour.play(new Call(exchange, () -> answer(exchange, action.get(), form)));
            return;
        }
        publish(exchange, form, behaviour);
    }

    private Answer answer(HttpExchange exchange, Action action, Map<String, String> form) {
        if (!isSigned(exchange)) {
            return SnsError.INVALID_CLIENT_TOKEN.answer();
        }
        return switch (action) {
            case CREATE_PLATFORM_ENDPOINT -> create(form);
            case GET_ENDPOINT_ATTRIBUTES -> attributes(form);
            case SET_ENDPOINT_ATTRIBUTES -> setAttributes(form);
            case PUBLISH -> published(form);
        };
    }

    private static boolean isSigned(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization != null && authorization.matches("AWS4-HMAC-SHA256 Credential=\\S+/sns/aws4_request.*");
    }

    private synchronized Answer create(Map<String, String> form) {
        String application = form.getOrDefault("PlatformApplicationArn", "");
        String token = form.getOrDefault("Token", "");
        if (token.isBlank()) {
            return SnsError.INVALID_TOKEN.answer();
        }
        for (Endpoint endpoint : endpoints.values()) {
            if (endpoint.application.equals(application) && endpoint.token.equals(token)) {
                return Objects.equals(endpoint.userData, form.get("CustomUserData"))
                        ? created(endpoint)
                        : taken(endpoint);
            }
        }
        Endpoint endpoint = new Endpoint(application, token, form.get("CustomUserData"));
        endpoints.put(endpoint.arn, endpoint);
        return created(endpoint);
    }

    private static Answer created(Endpoint endpoint) {
        return ok("CreatePlatformEndpoint", "<EndpointArn>" + endpoint.arn + "</EndpointArn>");
    }

    private static Answer taken(Endpoint endpoint) {
        return SnsError.INVALID_PARAMETER.answer("Invalid parameter: Token Reason: Endpoint " + endpoint.arn
                + " already exists with the same Token, but different attributes.");
    }

    private Answer attributes(Map<String, String> form) {
        Endpoint endpoint = endpoints.get(form.getOrDefault("EndpointArn", ""));
        if (endpoint == null) {
            return SnsError.NOT_FOUND.answer();
        }
        return ok(
                "GetEndpointAttributes",
                "<Attributes><entry><key>Enabled</key><value>%s</value></entry><entry><key>Token</key><value>%s</value></entry></Attributes>"
                        .formatted(endpoint.enabled, endpoint.token));
    }

    private synchronized Answer setAttributes(Map<String, String> form) {
        Endpoint endpoint = endpoints.get(form.getOrDefault("EndpointArn", ""));
        if (endpoint == null) {
            return SnsError.NOT_FOUND.answer();
        }
        Map<String, String> attributes = entries(form, "Attributes.entry.", ".key", ".value");
        String token = attributes.getOrDefault("Token", endpoint.token);
        for (Endpoint other : endpoints.values()) {
            if (other != endpoint && other.application.equals(endpoint.application) && other.token.equals(token)) {
                return taken(other);
            }
        }
        endpoint.token = token;
        endpoint.enabled = Boolean.parseBoolean(attributes.getOrDefault("Enabled", String.valueOf(endpoint.enabled)));
        return ok("SetEndpointAttributes", "");
    }

    private void publish(HttpExchange exchange, Map<String, String> form, Behaviour toAll) throws IOException {
        String target = form.getOrDefault("TargetArn", form.getOrDefault("TopicArn", ""));
        String token = Optional.ofNullable(endpoints.get(target))
                .map(endpoint -> endpoint.token)
                .orElse(null);
        Behaviour behaviour = token == null ? toAll : toDevices.getOrDefault(token, toAll);
        Received received = new Received(form, target, token);
        try {
            behaviour.play(new Call(
                    exchange,
                    () -> {
                        Answer answer = answer(exchange, Action.PUBLISH, form);
                        received.accepted = answer.status() == 200;
                        received.record();
                        return answer;
                    },
                    received::record));
        } finally {
            received.record();
        }
    }

    private Answer published(Map<String, String> form) {
        if (!form.containsKey("TopicArn")) {
            Endpoint endpoint = endpoints.get(form.getOrDefault("TargetArn", ""));
            if (endpoint == null) {
                return SnsError.NO_ENDPOINT.answer();
            }
            if (!endpoint.enabled) {
                return SnsError.ENDPOINT_DISABLED.answer();
            }
            if (!isStructured(form)) {
                return SnsError.INVALID_PARAMETER.answer();
            }
        }
        return ok("Publish", "<MessageId>" + UUID.randomUUID() + "</MessageId>");
    }

    /** As SNS demands it: strings, those of the push services JSON in themselves, and a default. */
    private static boolean isStructured(Map<String, String> form) {
        JsonNode message = Json.parse(form.getOrDefault("Message", ""));
        boolean strings = message.has("default")
                && message.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual());
        return "json".equals(form.get("MessageStructure"))
                && strings
                && message.properties().stream()
                        .filter(entry -> !entry.getKey().equals("default"))
                        .allMatch(entry -> Json.parse(entry.getValue().asText()).isObject());
    }

    private static Answer ok(String action, String result) {
        return Answer.of(200, "text/xml", """
                <%1$sResponse xmlns="%2$s">
                  <%1$sResult>%3$s</%1$sResult>
                  <ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata>
                </%1$sResponse>""".formatted(action, NAMESPACE, result));
    }

    /** A map as the query protocol writes it, in numbered entries. */
    private static Map<String, String> entries(Map<String, String> form, String prefix, String key, String value) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int number = 1; form.containsKey(prefix + number + key); number++) {
            entries.put(form.get(prefix + number + key), form.get(prefix + number + value));
        }
        return entries;
    }

    private static final class Endpoint {

        private final String application;
        private final String arn;
        private final String userData;
        private volatile String token;
        private volatile boolean enabled = true;

        Endpoint(String application, String token, String userData) {
            this.application = application;
            this.arn = application.replace(":app/", ":endpoint/") + "/" + UUID.randomUUID();
            this.token = token;
            this.userData = userData;
        }
    }

    /** A message on its way into the record, where it goes once: when it is taken, or else when it is dealt with. */
    private final class Received {

        private final Map<String, String> form;
        private final String target;
        private final String token;
        private boolean accepted;
        private boolean recorded;

        Received(Map<String, String> form, String target, String token) {
            this.form = form;
            this.target = target;
            this.token = token;
        }

        void record() {
            if (!recorded) {
                recorded = true;
                publications.add(new SnsPublication(
                        target,
                        token,
                        form.get("MessageStructure"),
                        Json.parse(form.getOrDefault("Message", "")),
                        entries(form, "MessageAttributes.entry.", ".Name", ".Value.StringValue"),
                        Instant.now(),
                        accepted));
            }
        }
    }
}
