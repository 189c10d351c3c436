package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.confirmation.Confirmations;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.Consents;
import io.assent.evidence.SignedContent;
import io.assent.request.ConsentRequests;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that is kept of how a consent came about, for who checks it without the server: the answer that it came from,
 * what became of it, and the other answers that changed it. Docs: {@code docs/evidence.md}.
 */
public final class EvidenceDocument {

    /** Its name and version. Who checks it refuses another one. */
    private static final String FORMAT = "assent-evidence/1";

    /** Of the answers that changed the consent, the newest: each may be large. */
    private static final int MOST_ANSWERS = 50;

    private final Consent consent;
    private final List<ConsentRecord> history;
    private final Answer answer;
    private final Map<String, Answer> others;

    private EvidenceDocument(Consent consent, List<ConsentRecord> history, Answer answer, Map<String, Answer> others) {
        this.consent = consent;
        this.history = history;
        this.answer = answer;
        this.others = others;
    }

    /** Empty where the answer that the consent came from is not kept. */
    public static Optional<EvidenceDocument> of(Consents consents, ConsentRequests requests, Consent consent) {
        String realmId = consent.parties().realmId();
        return Answer.of(requests, realmId, consent.requestId()).map(answer -> {
            List<ConsentRecord> history = consents.history(consent);
            Map<String, Answer> others = new LinkedHashMap<>();
            List<String> ids = history.stream()
                    .flatMap(line -> line.findRequestId().stream())
                    .filter(id -> !id.equals(consent.requestId()))
                    .distinct()
                    .toList();
            ids.subList(Math.max(0, ids.size() - MOST_ANSWERS), ids.size())
                    .forEach(id -> Answer.of(requests, realmId, id).ifPresent(other -> others.put(id, other)));
            return new EvidenceDocument(consent, history, answer, others);
        });
    }

    /**
     * Without its seal.
     *
     * @param issuer the realm's issuer (OpenID Connect Core 1.0, section 2)
     */
    public ObjectNode json(String issuer, String realm, Instant exportedAt) {
        ObjectNode json = object().put("format", FORMAT)
                .put("issuer", issuer)
                .put("realm", realm)
                .put("exportedAt", exportedAt.toString());
        answer.addTo(json, customer());
        json.set("consent", consentJson());
        DocumentSize.bound(json);
        return json;
    }

    private String customer() {
        return consent.parties().userId();
    }

    private ObjectNode consentJson() {
        ObjectNode json = object().put("id", consent.id())
                .put("status", word(consent.status()))
                .put("grantedAt", consent.grantedAt().toString());
        ArrayNode lines = json.putArray("history");
        // what was carried over twice was answered once
        Map<String, Answer> open = new HashMap<>(others);
        history.forEach(line -> lines.add(line(line, open)));
        return json;
    }

    /**
     * Without who of the staff did it and why, which may be personal and proves nothing of the answer; and without
     * details, which may be many in a long history and are those of the answer, or of others.
     */
    private ObjectNode line(ConsentRecord event, Map<String, Answer> open) {
        ObjectNode json = object().put("type", word(event.type()))
                .put("by", word(event.by()))
                .put("at", event.at().toString());
        json.set("grantedScopes", Json.sorted(event.permissions()));
        json.set("signed", event.findSigned().map(EvidenceDocument::signed).orElse(null));
        Answer other = event.findRequestId().map(open::remove).orElse(null);
        if (other == null) {
            return json.putNull("answer");
        }
        other.addTo(json.putObject("answer"), customer());
        return json;
    }

    private static ObjectNode signed(SignedContent signed) {
        Instant askedAt = Confirmations.askedAt(signed.challenge())
                .orElseThrow(() -> new IllegalStateException("what was signed answered a challenge"));
        ObjectNode json = object().put("challenge", signed.challenge())
                .put("askedAt", askedAt.toString())
                .put("expiresAt", askedAt.plus(Confirmations.CHALLENGE_LIFE).toString());
        json.set("shown", Json.read(signed.shown().text().content()));
        json.set("shownContent", Json.read(signed.shown().json()));
        json.put("contentHash", signed.shown().hash());
        json.set("signature", signed.signature().json());
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
