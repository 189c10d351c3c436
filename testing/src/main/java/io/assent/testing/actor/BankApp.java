package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The bank's app in a customer's hand. Whatever the API answers, well or badly, is checked against the description that
 * the server publishes.
 */
public final class BankApp {

    public static final String CLIENT_ID = "bank-app";

    private static final String BASE = "/consent/v1";

    private final Realm realm;
    private final String accessToken;
    private final boolean serverMayFail;
    private final Optional<PhoneKey> holder;

    /**
     * The app with any access token.
     *
     * @param accessToken the token, or {@code null} to call without one
     */
    public BankApp(Realm realm, String accessToken) {
        this(realm, accessToken, false, Optional.empty());
    }

    private BankApp(Realm realm, String accessToken, boolean serverMayFail, Optional<PhoneKey> holder) {
        this.realm = realm;
        this.accessToken = accessToken;
        this.serverMayFail = serverMayFail;
        this.holder = holder;
    }

    /**
     * The same app where it is no fault of the API if the server fails, as long as it says so in the documented way.
     */
    public BankApp whereTheServerMayFail() {
        return new BankApp(realm, accessToken, true, holder);
    }

    /** The same app where each call proves that it has a key (RFC 9449, section 7). */
    public BankApp boundTo(PhoneKey key) {
        return new BankApp(realm, accessToken, serverMayFail, Optional.of(key));
    }

    public String accessToken() {
        return accessToken;
    }

    public Answer requests(String query) {
        return call("GET", "/requests", "/requests" + query);
    }

    /** The ids of the requests that a query finds, in their order. */
    public List<String> ids(String query) {
        return StreamSupport.stream(requests(query).list().spliterator(), false)
                .map(request -> request.get("id").asText())
                .toList();
    }

    /** The same, of all pages. */
    public List<String> idsOfAllPages(String query) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            Answer page = requests(query + after);
            page.list().forEach(request -> ids.add(request.get("id").asText()));
            after = page.ok().get("next").isNull() ? "" : "&after=" + page.text("next");
        } while (!after.isEmpty());
        return ids;
    }

    /** All requests that wait for an answer. */
    public List<JsonNode> pending() {
        return StreamSupport.stream(requests("?status=pending&max=100").list().spliterator(), false)
                .toList();
    }

    /** The one request that waits for an answer. */
    public JsonNode onlyPending() {
        List<JsonNode> pending = pending();
        assertThat(pending).as("pending requests").hasSize(1);
        return pending.get(0);
    }

    /** The id of the one request that waits for an answer. */
    public String onlyPendingId() {
        return onlyPending().get("id").asText();
    }

    /** The permissions in question, in the order in which they are shown. */
    public static List<String> permissions(JsonNode request) {
        return request.findValues("permissions").stream()
                .flatMap(permissions -> StreamSupport.stream(permissions.spliterator(), false))
                .map(permission -> permission.get("scope").asText())
                .toList();
    }

    public Answer request(String id) {
        return call("GET", "/requests/{id}", "/requests/" + id);
    }

    public Answer request(String id, String acceptLanguage) {
        return send(
                "GET",
                "/requests/{id}",
                authorized("/requests/" + id)
                        .header("Accept-Language", acceptLanguage)
                        .GET());
    }

    /** Approves all that is asked for, and says what that is where the customer could grant a part. */
    public Answer approve(String id) {
        return whole(id).map(all -> approve(id, all)).orElseGet(() -> approveWithoutSaying(id));
    }

    /** Approves without saying what. */
    public Answer approveWithoutSaying(String id) {
        return decide(id, Http.object().put("decision", "approve").toString());
    }

    /** What a request asks for that is answered in parts; found in the list, for to read one is to open it. */
    private Optional<String[]> whole(String id) {
        Answer list = requests("?max=100");
        return list.status() != 200
                ? Optional.empty()
                : StreamSupport.stream(list.list().spliterator(), false)
                        .filter(request -> request.get("id").asText().equals(id)
                                && request.get("selectable").asBoolean())
                        .map(request -> permissions(request).toArray(String[]::new))
                        .filter(all -> all.length > 0)
                        .findFirst();
    }

    public Answer approve(String id, String... grantedScopes) {
        ObjectNode decision = Http.object().put("decision", "approve");
        Arrays.stream(grantedScopes).forEach(decision.withArrayProperty("grantedScopes")::add);
        return decide(id, decision.toString());
    }

    public Answer approveNothing(String id) {
        ObjectNode decision = Http.object().put("decision", "approve");
        decision.putArray("grantedScopes");
        return decide(id, decision.toString());
    }

    /** Approves these permissions with these authorization details. */
    public Answer approve(String id, List<String> grantedScopes, JsonNode... grantedDetails) {
        ObjectNode decision = Http.object().put("decision", "approve");
        if (!grantedScopes.isEmpty()) {
            grantedScopes.forEach(decision.withArrayProperty("grantedScopes")::add);
        }
        decision.putArray("grantedDetails").addAll(List.of(grantedDetails));
        return decide(id, decision.toString());
    }

    /** Approves with the number that the page with the code shows. */
    public Answer approveWithNumber(String id, String number, String... grantedScopes) {
        ObjectNode decision = Http.object().put("decision", "approve").put("number", number);
        if (grantedScopes.length > 0) {
            Arrays.stream(grantedScopes).forEach(decision.withArrayProperty("grantedScopes")::add);
        }
        return decide(id, decision.toString());
    }

    /** Claims the login that a link is for: what happens when the phone scans the code, or opens the link. */
    public Answer claim(AppLink link) {
        return claim(link.secret());
    }

    /** The same with any text where the secret is. */
    public Answer claim(String secret) {
        return call("POST", "/links/{secret}", "/links/" + secret);
    }

    public Answer deny(String id) {
        return decide(id, Http.object().put("decision", "deny").toString());
    }

    /** Denies, and says: this was not me. */
    public Answer report(String id) {
        return decide(
                id, Http.object().put("decision", "deny").put("reported", true).toString());
    }

    public Answer blocks() {
        return call("GET", "/blocks", "/blocks");
    }

    public Answer block(String clientId) {
        return call("PUT", "/blocks/{clientId}", "/blocks/" + clientId);
    }

    public Answer unblock(String clientId) {
        return call("DELETE", "/blocks/{clientId}", "/blocks/" + clientId);
    }

    /** Decides with a body of any kind, in a language. */
    public Answer decide(String id, String body, String acceptLanguage) {
        return send(
                "PUT",
                "/requests/{id}/decision",
                authorized("/requests/" + id + "/decision")
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", acceptLanguage)
                        .PUT(BodyPublishers.ofString(body)));
    }

    /** Decides with a body of any kind. */
    public Answer decide(String id, String body) {
        return call("PUT", "/requests/{id}/decision", "/requests/" + id + "/decision", body);
    }

    public Answer consents(String query) {
        return call("GET", "/consents", "/consents" + query);
    }

    /** The one consent that stands. */
    public JsonNode onlyConsent() {
        JsonNode live = consents("?status=live").list();
        assertThat(live).as("live consents").hasSize(1);
        return live.get(0);
    }

    public Answer consent(String id) {
        return call("GET", "/consents/{id}", "/consents/" + id);
    }

    public Answer consent(String id, String acceptLanguage) {
        return send(
                "GET",
                "/consents/{id}",
                authorized("/consents/" + id)
                        .header("Accept-Language", acceptLanguage)
                        .GET());
    }

    public Answer narrow(String id, String... scopes) {
        ObjectNode rest = Http.object();
        ArrayNode granted = rest.putArray("grantedScopes");
        Arrays.stream(scopes).forEach(granted::add);
        return call("PUT", "/consents/{id}/permissions", "/consents/" + id + "/permissions", rest.toString());
    }

    public Answer confirm(String id) {
        return call("PUT", "/consents/{id}/confirmation", "/consents/" + id + "/confirmation");
    }

    /** Confirms with a body of any kind. */
    public Answer confirm(String id, String body) {
        return call("PUT", "/consents/{id}/confirmation", "/consents/" + id + "/confirmation", body);
    }

    public Answer withdraw(String id) {
        return call("DELETE", "/consents/{id}", "/consents/" + id);
    }

    /** Withdraws a consent, and ends what the bank sees at its client. */
    public Answer withdrawBoth(String id) {
        return call("DELETE", "/consents/{id}", "/consents/" + id + "?both=true");
    }

    /** What the customer lets the bank see at partners. */
    public Answer partners() {
        return call("GET", "/partners", "/partners");
    }

    public Answer partnerOffer(String clientId) {
        return call("GET", "/partners/offers/{clientId}", "/partners/offers/" + clientId);
    }

    public Answer choosePartner(String clientId, String... scopes) {
        ObjectNode choice = Http.object();
        ArrayNode chosen = choice.putArray("scopes");
        Arrays.stream(scopes).forEach(chosen::add);
        return call("PUT", "/partners/offers/{clientId}", "/partners/offers/" + clientId, choice.toString());
    }

    public Answer endPartner(String id) {
        return call("DELETE", "/partners/{id}", "/partners/" + id);
    }

    public Answer userCode() {
        return call("GET", "/user-code", "/user-code");
    }

    public Answer setUserCode(String code) {
        return call(
                "PUT",
                "/user-code",
                "/user-code",
                Http.object().put("code", code).toString());
    }

    public Answer removeUserCode() {
        return call("DELETE", "/user-code", "/user-code");
    }

    /** A fresh {@code login_hint_token} that names the customer. */
    public Answer loginHintToken() {
        return call("POST", "/login-hint-tokens", "/login-hint-tokens");
    }

    public Answer devices() {
        return call("GET", "/devices", "/devices");
    }

    /** Registers a device of a platform, and returns its push token. */
    public String register(UUID deviceId, String platform) {
        return register(deviceId, platform, null);
    }

    /** Registers a device that wants its pushes in a language, and returns its push token. */
    public String register(UUID deviceId, String platform, String locale) {
        String pushToken = "push-" + UUID.randomUUID();
        String body = Http.object()
                .put("platform", platform)
                .put("pushToken", pushToken)
                .put("locale", locale)
                .toString();
        register(deviceId.toString(), body).ok();
        return pushToken;
    }

    /** Registers with a body of any kind. */
    public Answer register(String deviceId, String body) {
        return call("PUT", "/devices/{deviceId}", "/devices/" + deviceId, body);
    }

    /** What a key that is to be new to a device has to sign. */
    public Answer keyChallenge(String deviceId) {
        return call("POST", "/devices/{deviceId}/key-challenge", "/devices/" + deviceId + "/key-challenge");
    }

    /** Registers with a proof of each of these keys, over a fresh challenge where the body has a key. */
    public Answer registerSigned(String deviceId, String body, PhoneKey... keys) {
        return Http.parse(body).has("key")
                ? registerSigned(
                        deviceId,
                        body,
                        keyChallenge(deviceId).ok().get("challenge").asText(),
                        keys)
                : registerWith(
                        deviceId, body, proofs(key -> key.proof("PUT", deviceUri(deviceId), accessToken, body), keys));
    }

    /** Registers with a proof of each of these keys, over a challenge. */
    public Answer registerSigned(String deviceId, String body, String challenge, PhoneKey... keys) {
        return registerWith(
                deviceId,
                body,
                proofs(key -> key.proof("PUT", deviceUri(deviceId), accessToken, body, challenge), keys));
    }

    private static String proofs(Function<PhoneKey, String> proof, PhoneKey... keys) {
        return Arrays.stream(keys).map(proof).collect(Collectors.joining(", "));
    }

    private URI deviceUri(String deviceId) {
        return realm.uri(BASE + "/devices/" + deviceId);
    }

    /** Registers with a header {@code Device-Proof} of any kind. */
    public Answer registerWith(String deviceId, String body, String proofs) {
        return send(
                "PUT",
                "/devices/{deviceId}",
                authorized("/devices/" + deviceId)
                        .header("Content-Type", "application/json")
                        .header("Device-Proof", proofs)
                        .PUT(BodyPublishers.ofString(body)));
    }

    /** Returns the nonce that was sent to the device's push token. */
    public Answer prove(String deviceId, String nonce) {
        return call(
                "PUT",
                "/devices/{deviceId}/proof",
                "/devices/" + deviceId + "/proof",
                Http.object().put("nonce", nonce).toString());
    }

    public Answer removeDevice(String deviceId) {
        return call("DELETE", "/devices/{deviceId}", "/devices/" + deviceId);
    }

    /** A call with no body. */
    public Answer call(String method, String operation, String path) {
        return send(method, operation, authorized(path).method(method, BodyPublishers.noBody()));
    }

    /** A call with a body that says it is JSON. */
    public Answer call(String method, String operation, String path, String body) {
        return call(method, operation, path, body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** A call with a body of any kind, and of any declared type or none ({@code null}). */
    public Answer call(String method, String operation, String path, byte[] body, String contentType) {
        HttpRequest.Builder request = authorized(path).method(method, BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return send(method, operation, request);
    }

    private Answer send(String method, String operation, HttpRequest.Builder request) {
        holder.ifPresent(key -> prove(key, method, request));
        Answer answer = Http.send(request);
        if (serverMayFail && answer.status() >= 500) {
            realm.openApi().checkFailure(method, operation, answer);
        } else {
            realm.openApi().check(method, operation, answer);
        }
        return answer;
    }

    private void prove(PhoneKey key, String method, HttpRequest.Builder request) {
        String called = request.build().uri().toString().replaceFirst("[?].*", "");
        request.setHeader("Authorization", "DPoP " + accessToken)
                .setHeader("DPoP", key.dpop(method, URI.create(called), accessToken));
    }

    private HttpRequest.Builder authorized(String path) {
        HttpRequest.Builder request = Http.request(realm.uri(BASE + path));
        return accessToken == null ? request : request.header("Authorization", "Bearer " + accessToken);
    }
}
