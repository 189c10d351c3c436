package io.assent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.data.MalformedDecisions;
import io.assent.fake.data.SoundDecision;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Signed decisions, and what they are judged by. */
final class DecisionVectors {

    static final String CHALLENGE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private static final Instant ASKED = Instant.parse("2026-11-27T08:00:00.250Z");
    private static final Instant EXPIRES = Instant.parse("2026-11-27T08:05:00.250Z");
    private static final Instant NOW = Instant.parse("2026-11-27T08:01:00Z");

    /** What is signed is the payment. */
    private static final int PAYMENT = 5;

    private final SoundDecision sound;
    private final KeyPair another;

    /**
     * @param device the key of the device
     * @param another a key that no device has
     */
    DecisionVectors(KeyPair device, KeyPair another) {
        JsonNode shown = Vectors.json(ShownVectors.all().get(PAYMENT).toString());
        JsonNode answer = shown.path("answer");
        List<String> scopes = new ArrayList<>();
        answer.findValues("scope").forEach(scope -> scopes.add(scope.textValue()));
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        answer.path("details").forEach(detail -> details.add(detail.path("detail")));
        this.sound = new SoundDecision(
                device,
                "0e8a4c1c-6f1c-4f0e-9d0b-2b7a1f6f7a11",
                "https://login.bank.example/realms/bank",
                "b3a9c1de-58b0-4c0f-8d67-3f6a0d0f7c55",
                answer.path("id").textValue(),
                scopes,
                details.toString(),
                answer.path("contentHash").textValue(),
                CHALLENGE,
                ASKED,
                EXPIRES,
                NOW);
        this.another = another;
    }

    ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("context", context());
        ArrayNode valid = all.putArray("valid");
        valid(valid, "by face", "key+user-verification", claims -> {});
        valid(valid, "by fingerprint, in hardware", "key+user-verification", claims -> claims.putArray("amr")
                .add("fpt")
                .add("hwk"));
        valid(valid, "by the phone's PIN", "key+user-verification", claims -> claims.putArray("amr")
                .add("pin"));
        valid(valid, "by the key alone, where that will do", "key", claims -> claims.putArray("amr")
                .add("hwk"));
        valid(valid, "unasked", "none", claims -> {});
        valid(
                valid,
                "from a clock that is 30 seconds ahead, until the last second",
                "key+user-verification",
                claims -> claims.put("iat", NOW.getEpochSecond() + 30).put("exp", EXPIRES.getEpochSecond() + 1));
        valid(
                valid,
                "from a clock that is 30 seconds behind the request",
                "key+user-verification",
                claims -> claims.put("iat", ASKED.getEpochSecond() - 30));
        valid(
                valid,
                "members in another order",
                "key+user-verification",
                claims -> claims.set("iss", claims.remove("iss")));
        ArrayNode invalid = all.putArray("invalid");
        MalformedDecisions.of(sound, another).forEach(one -> invalid.addObject()
                .put("name", one.name())
                .put("jws", one.jws())
                .put("flaw", one.flaw())
                .put("reason", one.reason()));
        return all;
    }

    private void valid(ArrayNode valid, String name, String required, Consumer<ObjectNode> change) {
        ObjectNode claims = sound.claims();
        change.accept(claims);
        valid.addObject().put("name", name).put("required", required).put("jws", sound.jws(sound.header(), claims));
    }

    private ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance
                .objectNode()
                .put("now", sound.now().toString())
                .put("issuer", sound.issuer())
                .put("subject", sound.subject())
                .put("deviceId", sound.device());
        context.set("jwk", SoundDecision.jwk(sound.pair()));
        context.put("kid", SoundDecision.kid(sound.pair()))
                .put("requestId", sound.request())
                .put("challenge", sound.challenge())
                .put("createdAt", sound.createdAt().toString())
                .put("expiresAt", sound.expiresAt().toString())
                .put("required", "key+user-verification")
                .put("contentHash", sound.contentHash());
        sound.scopes().forEach(context.putArray("grantedScopes")::add);
        context.set("grantedDetails", Vectors.json(sound.details()));
        return context.put("detailsHash", SoundDecision.detailsHash(sound.details()));
    }
}
