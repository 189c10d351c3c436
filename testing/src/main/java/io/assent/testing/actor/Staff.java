package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * Somebody of the bank's staff, or anybody else with a token, at the pack's part of the admin API. Whatever that
 * answers is checked against the description that it publishes.
 */
public record Staff(Realm realm, String id, String accessToken) {

    private static final ConcurrentHashMap<Server, OpenApi> DESCRIPTIONS = new ConcurrentHashMap<>();

    /** Thousands of clients are looked through in one call. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Somebody new, with roles of {@code realm-management}, such as {@code view-users}. */
    public static Staff of(Realm realm, String... roles) {
        Customer user = realm.newCustomer();
        for (String role : roles) {
            realm.admin().giveRole(realm.name(), user.id(), "realm-management", role);
        }
        return of(user);
    }

    /** Somebody who is there already. */
    public static Staff of(Customer user) {
        return new Staff(user.realm(), user.id(), user.app("admin-cli").accessToken());
    }

    public Answer search(String query) {
        return call("GET", "/consents", "" + query, null);
    }

    /** The ids of the consents that a query finds, in their order. */
    public List<String> found(String query) {
        return StreamSupport.stream(search(query).ok().get("consents").spliterator(), false)
                .map(consent -> consent.get("id").asText())
                .toList();
    }

    public Answer read(String id) {
        return call("GET", "/consents/{id}", "/" + id, null);
    }

    /** What proves a consent, sealed. */
    public Answer evidence(String id) {
        return call("GET", "/consents/{id}/evidence", "/" + id + "/evidence", null);
    }

    public Answer end(String id, String reason) {
        return endWith(id, Http.object().put("reason", reason).toString());
    }

    /** Ends with a body of any kind. */
    public Answer endWith(String id, String body) {
        return call("POST", "/consents/{id}/end", "/" + id + "/end", body);
    }

    public Answer devices(String customerId) {
        return call("GET", "/consents/customers/{customer}/devices", "/customers/" + customerId + "/devices", null);
    }

    public Answer lose(String customerId, String deviceId) {
        return call(
                "POST",
                "/consents/customers/{customer}/devices/{deviceId}/lost",
                "/customers/" + customerId + "/devices/" + deviceId + "/lost",
                null);
    }

    public Answer partners(String customerId) {
        return call("GET", "/consents/customers/{customer}/partners", "/customers/" + customerId + "/partners", null);
    }

    public Answer endPartner(String customerId, String id) {
        return call(
                "POST",
                "/consents/customers/{customer}/partners/{id}/end",
                "/customers/" + customerId + "/partners/" + id + "/end",
                null);
    }

    public Answer tellAgain(String customerId, String deviceId) {
        return call(
                "POST",
                "/consents/customers/{customer}/devices/{deviceId}/resend",
                "/customers/" + customerId + "/devices/" + deviceId + "/resend",
                null);
    }

    public Answer requests(String query) {
        return call("GET", "/consents/requests", "/requests" + query, null);
    }

    public Answer request(String id) {
        return call("GET", "/consents/requests/{id}", "/requests/" + id, null);
    }

    public Answer expire(String id) {
        return call("POST", "/consents/requests/{id}/expire", "/requests/" + id + "/expire", null);
    }

    public Answer deliveries(String query) {
        return call("GET", "/consents/deliveries", "/deliveries" + query, null);
    }

    public Answer deliveryHealth() {
        return call("GET", "/consents/deliveries/health", "/deliveries/health", null);
    }

    public Answer resend(String id) {
        return call("POST", "/consents/deliveries/{id}/resend", "/deliveries/" + id + "/resend", null);
    }

    public Answer tpps(String query) {
        return call("GET", "/consents/clients", "/clients" + query, null);
    }

    /** Registers a TPP, as a body describes it. */
    public Answer register(JsonNode tpp) {
        return call("POST", "/consents/clients", "/clients", tpp.toString());
    }

    /** What TPPs can be given to ask for. */
    public Answer permissions() {
        return call("GET", "/consents/permissions", "/permissions", null);
    }

    /** How permissions change. */
    public Answer changes() {
        return call("GET", "/consents/permissions/changes", "/permissions/changes", null);
    }

    public Answer setChanges(JsonNode changes) {
        return call("PUT", "/consents/permissions/changes", "/permissions/changes", changes.toString());
    }

    /** Counts what changes would make of consents. */
    public Answer tryChanges(JsonNode changes, String query) {
        return call(
                "POST",
                "/consents/permissions/changes/dry-run",
                "/permissions/changes/dry-run" + query,
                changes.toString());
    }

    public Answer tpp(String client) {
        return call("GET", "/consents/clients/{client}", "/clients/" + client, null);
    }

    public Answer switchOff(String client) {
        return call("POST", "/consents/clients/{client}/off", "/clients/" + client + "/off", null);
    }

    public Answer switchOn(String client) {
        return call("POST", "/consents/clients/{client}/on", "/clients/" + client + "/on", null);
    }

    public Answer blocks(String query) {
        return call("GET", "/consents/blocks", "/blocks" + query, null);
    }

    /** What is wrong with how the realm is set up. */
    public Answer doctor() {
        return call("GET", "/consents/doctor", "/doctor", null);
    }

    public Answer plannedSetup() {
        return call("GET", "/consents/setup", "/setup", null);
    }

    public Answer setUp() {
        return call("POST", "/consents/setup", "/setup", null);
    }

    /** What came of requests, day by day. */
    public Answer authorisations(String query) {
        return call("GET", "/consents/reports/authorisations", "/reports/authorisations" + query, null);
    }

    /** How available the interfaces were, day by day. */
    public Answer availability(String query) {
        return call("GET", "/consents/reports/availability", "/reports/availability" + query, null);
    }

    /** The types of what happened to a consent, oldest first. */
    public List<String> history(String id) {
        JsonNode history = read(id).ok().get("history");
        assertThat(history.isArray()).isTrue();
        return history.findValuesAsText("type");
    }

    /** What the server says about this API; the same in all realms. */
    public OpenApi openApi() {
        return DESCRIPTIONS.computeIfAbsent(
                realm.server(),
                any -> new OpenApi(send("GET", "/openapi.json", null).ok()));
    }

    /** A call that is not described, below the API's root. */
    public Answer send(String method, String path, String body) {
        HttpRequest.Builder request = Http.request(
                        realm.server().uri("/admin/realms/" + realm.name() + "/consents" + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (accessToken != null) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        return Http.send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    /**
     * A call that is described.
     *
     * @param operation the path as the description has it
     * @param path below the API's root
     */
    public Answer call(String method, String operation, String path, String body) {
        Answer answer = send(method, path, body);
        openApi().check(method, operation, answer);
        return answer;
    }
}
