package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The bank's app on a customer's phone: what a bank's app team would write against the consent API. */
final class Phone {

    private static final String API = "/consent/v1";
    private static final String OFFERS = "/partners/offers/";

    private final Wire wire;
    private final String deviceId = UUID.randomUUID().toString();
    private final String pushToken = UUID.randomUUID().toString();
    private final DeviceKey key = new DeviceKey();
    private String accessToken;
    private boolean registered;

    Phone(Wire wire) {
        this.wire = wire;
    }

    /** By password, which only the development realm allows: an app sends its customer to the login page. */
    void logIn(String username, String password) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", "bank-app");
        form.put("username", username);
        form.put("password", password);
        form.put("scope", "openid consent-app");
        accessToken = wire.form("/protocol/openid-connect/token", form, shown("/access_token", "/scope"))
                .expect(200)
                .text("access_token");
    }

    void register() throws InterruptedException {
        ObjectNode device = JsonNodeFactory.instance
                .objectNode()
                .put("platform", "sandbox")
                .put("pushToken", pushToken)
                .put("label", "Journey")
                .put("locale", "en");
        device.set("key", key.jwk());
        String challenge = api("POST", "/devices/" + deviceId + "/key-challenge", MissingNode.getInstance())
                .expect(200)
                .text("challenge");
        wire.proven("PUT", API + "/devices/" + deviceId, accessToken, device, key, challenge, shown("/keyId"))
                .expect(201);
        registered = true;
    }

    boolean registered() {
        return registered;
    }

    void unregister() throws InterruptedException {
        api("DELETE", "/devices/" + deviceId, MissingNode.getInstance()).expect(204);
        registered = false;
    }

    PushStream listen() throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("pushToken", pushToken);
        return new PushStream(wire.stream("/sandbox/pushes", body), wire.transcript());
    }

    /**
     * Fetches the request, and checks that it is the one that the TPP made.
     *
     * @return it
     */
    JsonNode open(String requestId, String bindingMessage, Set<String> asked) throws InterruptedException {
        Answer request = api(
                        "GET",
                        "/requests/" + requestId,
                        MissingNode.getInstance(),
                        "/status",
                        "/client/name",
                        "/bindingMessage",
                        "/selectable")
                .expect(200);
        show(request.body());
        check("bindingMessage", bindingMessage, request.text("bindingMessage"));
        checkAsked(request, asked);
        return request.body();
    }

    /**
     * Fetches a request of the bank's own, for what belongs to a permission since, and checks that it is for this.
     *
     * @return it
     */
    JsonNode openAmendment(String requestId, Set<String> added) throws InterruptedException {
        Answer request = api(
                        "GET",
                        "/requests/" + requestId,
                        MissingNode.getInstance(),
                        "/status",
                        "/channel",
                        "/client/name",
                        "/consentId")
                .expect(200);
        show(request.body());
        check("channel", "amendment", request.text("channel"));
        check("status", "pending", request.text("status"));
        check("permissions", added, permissions(request.body()));
        return request.body();
    }

    /** What the consent grants to which the bank wants something added. */
    Set<String> amended(JsonNode amendment) throws InterruptedException {
        return permissions(
                api("GET", "/consents/" + amendment.path("consentId").asText(), MissingNode.getInstance(), "/status")
                        .expect(200)
                        .body());
    }

    private static Set<String> permissions(JsonNode shown) {
        return new LinkedHashSet<>(shown.findValuesAsText("scope"));
    }

    /**
     * Scans the code of a page in a browser, and checks that it is what the TPP asks for.
     *
     * @return the request
     */
    JsonNode scan(URI link, Set<String> asked) throws InterruptedException {
        Answer request = claim(
                        link,
                        "/status",
                        "/client/name",
                        "/link/domain",
                        "/link/browser",
                        "/link/system",
                        "/link/sameNetwork",
                        "/link/startedAt")
                .expect(200);
        show(request.body());
        checkAsked(request, asked);
        return request.body();
    }

    /** Scans a code that another phone has scanned before. */
    void scanInVain(URI link) throws InterruptedException {
        check(
                "type",
                "urn:assent:problem:link-used",
                claim(link, "/title").expect(410).text("type"));
    }

    private Answer claim(URI link, String... shown) throws InterruptedException {
        String secret = link.getPath().replaceFirst(".*/", "");
        return api("POST", "/links/" + secret, MissingNode.getInstance(), shown);
    }

    /** Takes back whatever a client has of this customer, so that it has to ask for all of it. */
    void takeBack(String clientId) throws InterruptedException {
        Answer standing = api("GET", "/consents?status=live&max=100", MissingNode.getInstance())
                .expect(200);
        for (JsonNode consent : standing.body().path("consents")) {
            if (consent.at("/client/clientId").asText().equals(clientId)) {
                api("DELETE", "/consents/" + consent.path("id").asText(), MissingNode.getInstance())
                        .expect(204);
            }
        }
    }

    /** What the bank would like to see at a company, to be chosen from; nothing of it is chosen. */
    Set<String> partnerOffer(String clientId) throws InterruptedException {
        Answer offer = api("GET", OFFERS + clientId, MissingNode.getInstance(), "/name")
                .expect(200);
        for (JsonNode permission : offer.body().path("permissions")) {
            wire.transcript().note("  · " + permission.path("title").asText());
        }
        return new LinkedHashSet<>(offer.body().findValuesAsText("scope"));
    }

    /**
     * Chooses what the bank may see at a company.
     *
     * @return what the app's login page is opened with, so that the customer is taken there
     */
    String choosePartner(String clientId, String scope) throws InterruptedException {
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        chosen.putArray("scopes").add(scope);
        return api("PUT", OFFERS + clientId, chosen, "/action").expect(200).text("action");
    }

    /** What the bank sees at a company now: its scopes, by the id under which it ends; empty if nothing. */
    Optional<Map.Entry<String, Set<String>>> partner(String clientId) throws InterruptedException {
        Answer all = api("GET", "/partners?max=100", MissingNode.getInstance()).expect(200);
        for (JsonNode partner : all.body().path("partners")) {
            if (partner.path("clientId").asText().equals(clientId)
                    && partner.path("status").asText().equals("connected")) {
                return Optional.of(
                        Map.entry(partner.path("id").asText(), new LinkedHashSet<>(partner.findValuesAsText("scope"))));
            }
        }
        return Optional.empty();
    }

    void endPartner(String id) throws InterruptedException {
        api("DELETE", "/partners/" + id, MissingNode.getInstance()).expect(204);
    }

    /** What the app shows of a company: what the bank's own service reads there. */
    JsonNode elsewhere(String partnerId) throws InterruptedException {
        Answer all = wire.api(
                        "GET",
                        "/sandbox/elsewhere",
                        accessToken,
                        MissingNode.getInstance(),
                        shown("/partners/0/savings"))
                .expect(200);
        for (JsonNode partner : all.body().path("partners")) {
            if (partner.path("id").asText().equals(partnerId)) {
                return partner.path("savings");
            }
        }
        return MissingNode.getInstance();
    }

    /** The status of a request by now. */
    String status(JsonNode request) throws InterruptedException {
        return api("GET", "/requests/" + request.path("id").asText(), MissingNode.getInstance(), "/status")
                .expect(200)
                .text("status");
    }

    private void show(JsonNode request) {
        for (JsonNode group : request.path("groups")) {
            wire.transcript().note(group.path("title").asText());
            for (JsonNode permission : group.path("permissions")) {
                wire.transcript().note("  · " + permission.path("title").asText());
                for (JsonNode claim : permission.path("claims")) {
                    wire.transcript()
                            .note("      " + claim.path("label").asText() + ": "
                                    + claim.path("value").asText());
                }
            }
        }
        for (JsonNode row : request.at("/details/0/rows")) {
            wire.transcript()
                    .note(row.path("label").asText() + ": " + row.path("value").asText());
        }
    }

    private void checkAsked(Answer request, Set<String> asked) {
        check("status", "pending", request.text("status"));
        check("permissions", asked, permissions(request.body()));
        wire.transcript().checked("it is the request that the TPP made");
    }

    /** @return the request as it stands then */
    JsonNode approve(String requestId, Set<String> permissions) throws InterruptedException {
        return decide(requestId, approval(permissions, List.of()), "approved");
    }

    /**
     * Approves, signed with this phone's key.
     *
     * @param request as it was opened
     * @param details as the customer grants them
     * @return the request as it stands then
     */
    JsonNode sign(JsonNode request, Set<String> permissions, List<ObjectNode> details) throws InterruptedException {
        SignedDecision decision = new SignedDecision(deviceId, accessToken, request);
        check("contentHash", request.path("contentHash").asText(), decision.contentHash());
        wire.transcript().checked("the phone makes the hash of what it shows itself");
        return decide(
                request.path("id").asText(),
                approval(permissions, details).put("signature", decision.by(key, permissions, details)),
                "approved");
    }

    /** Tries to approve as somebody does who has the customer's token, and not the phone. */
    void approveUnsigned(JsonNode request, Set<String> permissions, List<ObjectNode> details)
            throws InterruptedException {
        Answer refused = api(
                        "PUT",
                        "/requests/" + request.path("id").asText() + "/decision",
                        approval(permissions, details),
                        "/title",
                        "/signatureRequired")
                .expect(422);
        check("type", "urn:assent:problem:signature-required", refused.text("type"));
    }

    private static ObjectNode approval(Set<String> permissions, List<ObjectNode> details) {
        ObjectNode decision = JsonNodeFactory.instance.objectNode().put("decision", "approve");
        permissions.forEach(decision.putArray("grantedScopes")::add);
        if (!details.isEmpty()) {
            decision.putArray("grantedDetails").addAll(details);
        }
        return decision;
    }

    void deny(String requestId) throws InterruptedException {
        decide(requestId, JsonNodeFactory.instance.objectNode().put("decision", "deny"), "denied");
    }

    private JsonNode decide(String requestId, ObjectNode decision, String expected) throws InterruptedException {
        Answer decided = api(
                        "PUT",
                        "/requests/" + requestId + "/decision",
                        decision,
                        "/status",
                        "/decision/grantedScopes",
                        "/decision/decidedAt",
                        "/link/code")
                .expect(200);
        check("status", expected, decided.text("status"));
        return decided.body();
    }

    private Answer api(String method, String path, JsonNode body, String... shown) throws InterruptedException {
        return wire.api(method, API + path, accessToken, body, shown(shown));
    }

    private static void check(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new JourneyException(what + " should be " + expected + ", and is " + actual);
        }
    }

    private static Set<String> shown(String... pointers) {
        return new LinkedHashSet<>(List.of(pointers));
    }
}
