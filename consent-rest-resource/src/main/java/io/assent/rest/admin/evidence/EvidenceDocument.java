package io.assent.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.confirmation.Confirmations;
import io.assent.consent.ClientName;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.evidence.Evidence;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownText;
import io.assent.evidence.SignedContent;
import io.assent.request.ConsentRequest;
import io.assent.request.RecordedDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * All that is kept of how a consent came about, for who checks it without the server: what was asked, what was shown,
 * what was answered, what that was signed with, and what became of it. Docs: {@code docs/evidence.md}.
 *
 * @param issuer the realm's issuer (OpenID Connect Core 1.0, section 2)
 * @param client what the client was called when it asked, where that was kept
 * @param shown the words that the customer was shown, where they were kept
 */
record EvidenceDocument(
        String issuer,
        String realm,
        Instant exportedAt,
        Consent consent,
        List<ConsentRecord> history,
        ConsentRequest request,
        RecordedDecision decision,
        Optional<ClientName> client,
        Optional<ShownText> shown) {

    /** Its name and version. Who checks it refuses another one. */
    private static final String FORMAT = "assent-evidence/1";

    /** Without its seal. */
    ObjectNode json() {
        ObjectNode json = object().put("format", FORMAT)
                .put("issuer", issuer)
                .put("realm", realm)
                .put("exportedAt", exportedAt.toString());
        Evidence evidence = decision.evidence();
        json.set("request", requestJson());
        json.set("decision", decisionJson(evidence));
        json.set(
                "shown",
                shown.map(ShownText::content).map(EvidenceDocument::read).orElse(null));
        json.set(
                "shownContent",
                Optional.ofNullable(evidence.content())
                        .map(EvidenceDocument::read)
                        .orElse(null));
        json.put("contentHash", evidence.contentHash().orElse(null));
        json.set("signature", evidence.findSignature().map(KeptSignature::json).orElse(null));
        json.set("consent", consentJson());
        return json;
    }

    private ObjectNode requestJson() {
        String customer = consent.parties().userId();
        ObjectNode json = object().put("id", request.id())
                .put("customerId", customer)
                .put("customerRemoved", customer.startsWith(Consents.PSEUDONYM_PREFIX));
        json.putObject("client")
                .put("id", request.parties().clientId())
                .put("clientId", client.map(ClientName::clientId).orElse(null))
                .put("name", client.map(ClientName::name).orElse(null))
                .put(
                        "legalEntity",
                        shown.map(text -> read(text.content()).at("/client/legalEntity"))
                                .map(JsonNode::textValue)
                                .orElse(null));
        json.put("channel", request.journey().name())
                .put("askedAt", request.createdAt().toString())
                .put("expiresAt", request.expiresAt().toString());
        json.set("askedScopes", sorted(request.permissions().asked()));
        json.set("askedDetails", read(request.details().json()));
        return json.put("bindingMessage", request.bindingMessage()).put("challenge", request.challenge());
    }

    private ObjectNode decisionJson(Evidence evidence) {
        ObjectNode json = object().put("decision", decision.approved() ? "approve" : "deny")
                .put("decidedAt", decision.decidedAt().toString());
        json.set("grantedScopes", sorted(decision.granted()));
        json.set("grantedDetails", read(decision.details().json()));
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

    private ObjectNode consentJson() {
        ObjectNode json = object().put("id", consent.id())
                .put("status", word(consent.status()))
                .put("grantedAt", consent.grantedAt().toString());
        ArrayNode lines = json.putArray("history");
        history.forEach(line -> lines.add(line(line)));
        return json;
    }

    /**
     * Without who of the staff did it and why, which may be personal and proves nothing of the answer; and without
     * details, which may be many in a long history and are those of the answer, or of others.
     */
    private static ObjectNode line(ConsentRecord event) {
        ObjectNode json = object().put("type", word(event.type()))
                .put("by", word(event.by()))
                .put("at", event.at().toString());
        json.set("grantedScopes", sorted(event.permissions()));
        json.set("signed", event.findSigned().map(EvidenceDocument::signed).orElse(null));
        return json;
    }

    private static ObjectNode signed(SignedContent signed) {
        Instant askedAt = Confirmations.askedAt(signed.challenge())
                .orElseThrow(() -> new IllegalStateException("what was signed answered a challenge"));
        ObjectNode json = object().put("challenge", signed.challenge())
                .put("askedAt", askedAt.toString())
                .put("expiresAt", askedAt.plus(Confirmations.CHALLENGE_LIFE).toString());
        json.set("shown", read(signed.shown().text().content()));
        json.set("shownContent", read(signed.shown().json()));
        json.put("contentHash", signed.shown().hash());
        json.set("signature", signed.signature().json());
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode sorted(Collection<String> names) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        names.stream().sorted().forEach(json::add);
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What the pack wrote itself. */
    private static JsonNode read(String json) {
        try {
            return JsonSerialization.mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
