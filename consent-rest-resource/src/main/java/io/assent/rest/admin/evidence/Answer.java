package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.consent.ClientName;
import io.assent.consent.Consents;
import io.assent.evidence.Evidence;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownText;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.request.RecordedDecision;
import java.time.Instant;
import java.util.Optional;

/**
 * A customer's answer with all that is kept of how it came about: what was asked, what was shown, what was answered,
 * what that was signed with.
 *
 * @param client what the client was called when it asked, where that was kept
 * @param shown the words that the customer was shown, where they were kept
 */
record Answer(
        ConsentRequest request, RecordedDecision decision, Optional<ClientName> client, Optional<ShownText> shown) {

    /** Empty where it was purged, or nobody answered. */
    static Optional<Answer> of(ConsentRequests requests, String realmId, String requestId) {
        return requests.find(realmId, requestId).flatMap(request -> request.findDecision()
                .map(decision ->
                        new Answer(request, decision, requests.askedBy(request), requests.shownText(request))));
    }

    /** @param customer the id or pseudonym by which the document names the customer */
    void addTo(ObjectNode json, String customer) {
        Evidence evidence = decision.evidence();
        json.set("request", requestJson(customer));
        json.set("decision", decisionJson(evidence));
        json.set("shown", shown.map(ShownText::content).map(Json::read).orElse(null));
        json.set(
                "shownContent",
                Optional.ofNullable(evidence.content()).map(Json::read).orElse(null));
        json.put("contentHash", evidence.contentHash().orElse(null));
        json.set("signature", evidence.findSignature().map(KeptSignature::json).orElse(null));
    }

    private ObjectNode requestJson(String customer) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", request.id())
                .put("customerId", customer)
                .put("customerRemoved", customer.startsWith(Consents.PSEUDONYM_PREFIX));
        json.putObject("client")
                .put("id", request.parties().clientId())
                .put("clientId", client.map(ClientName::clientId).orElse(null))
                .put("name", client.map(ClientName::name).orElse(null))
                .put(
                        "legalEntity",
                        shown.map(text -> Json.read(text.content()).at("/client/legalEntity"))
                                .map(JsonNode::textValue)
                                .orElse(null));
        json.put("channel", request.journey().name())
                .put("askedAt", request.createdAt().toString())
                .put("expiresAt", request.expiresAt().toString());
        json.set("askedScopes", Json.sorted(request.permissions().asked()));
        json.set("askedDetails", Json.read(request.details().json()));
        return json.put("bindingMessage", request.bindingMessage()).put("challenge", request.challenge());
    }

    private ObjectNode decisionJson(Evidence evidence) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("decision", decision.approved() ? "approve" : "deny")
                .put("decidedAt", decision.decidedAt().toString());
        json.set("grantedScopes", Json.sorted(decision.granted()));
        json.set("grantedDetails", Json.read(decision.details().json()));
        return json.put("deviceId", decision.deviceId())
                .put("appClientId", evidence.clientId())
                .put("sessionId", evidence.sessionId())
                .put("acr", evidence.acr())
                .put(
                        "authTime",
                        Optional.ofNullable(evidence.authTime())
                                .map(Instant::toString)
                                .orElse(null))
                .put("address", evidence.address());
    }
}
