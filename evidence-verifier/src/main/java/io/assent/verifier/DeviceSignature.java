package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.device.CompactJws;
import io.assent.device.DeviceKey;
import io.assent.device.Es256;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import io.assent.signature.Act;
import io.assent.signature.DecisionFacts;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignedDecision;
import io.assent.signature.SignedDecision.Finding;
import io.assent.signature.SignedDecision.Flawed;
import io.assent.signature.SignedDecision.Signer;
import io.assent.signature.SignedDecision.Sound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decision that a device's key signed, by the rules by which the server took it. Of a customer who was removed since,
 * the document has neither id nor device any more, and the signature alone says which they were.
 */
final class DeviceSignature {

    static Signature of(Document document, JsonNode kept, Act act, BankThen bank) {
        String compact = kept.path("jws").asText();
        Optional<DeviceKey> key = key(kept.path("jwk"));
        if (key.isEmpty()) {
            return new Signature.Flawed("The public key of the device is no point on P-256 as a JWK.");
        }
        JsonNode claims = CompactJws.parse(compact, DecisionSignature.Jws.MAX_LENGTH)
                .<JsonNode>map(CompactJws::claims)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        String issuer = bank.issuer(claims.path("aud").asText());
        boolean removed = document.customerRemoved();
        // with a confirmation no more is kept than what was signed
        String device = removed || act == Act.CONFIRM
                ? claims.path("iss").asText()
                : document.text("/decision/deviceId").orElse("");
        String customer = removed
                ? claims.path("sub").asText()
                : document.text("/request/customerId").orElse("");
        Finding finding = SignedDecision.check(
                compact,
                Es256.OF_JAVA,
                id -> id.equals(key.get().id()) ? List.of(new Signer(device, key.get())) : List.of(),
                facts(document, act, issuer, customer));
        if (finding instanceof Sound sound) {
            return new Signature.Sound(lines(document, kept, claims, sound, bank));
        }
        return new Signature.Flawed(
                finding instanceof Flawed flawed
                        ? "The JWS of the device (%s): %s."
                                .formatted(flawed.flaw().word(), flawed.why())
                        : "The JWS of the device is over other content than was shown.");
    }

    private static DecisionFacts facts(Document document, Act act, String issuer, String customer) {
        return new DecisionFacts(
                act,
                issuer,
                customer,
                document.text("/request/id").orElse(""),
                document.names("/decision/grantedScopes"),
                Sha256.base64Url(CanonicalJson.of(document.at("/decision/grantedDetails"))),
                document.text("/contentHash").orElse(""),
                document.text("/request/challenge").orElse(""),
                document.time("/request/askedAt"),
                document.time("/request/expiresAt"),
                document.time("/decision/decidedAt"));
    }

    private static Optional<DeviceKey> key(JsonNode jwk) {
        boolean fits = jwk instanceof ObjectNode
                && jwk.size() == 4
                && jwk.path("kty").asText().equals("EC")
                && jwk.path("crv").asText().equals("P-256");
        return fits ? DeviceKey.of(jwk.path("x").asText(), jwk.path("y").asText()) : Optional.empty();
    }

    private static List<String> lines(Document document, JsonNode kept, JsonNode claims, Sound sound, BankThen bank) {
        String issuer = claims.path("aud").asText();
        List<String> methods = new ArrayList<>();
        claims.path("amr").forEach(method -> methods.add(method.asText()));
        List<String> lines = new ArrayList<>();
        lines.add("Signed        by the key " + sound.signer().key().id() + " of the device "
                + sound.signer().deviceId() + " (ES256)");
        lines.add("              at " + Instant.ofEpochSecond(claims.path("iat").asLong()) + " by the device's clock");
        lines.add("              over exactly what was shown, granted and asked, for customer "
                + claims.path("sub").asText());
        if (!issuer.equals(bank.issuer())) {
            lines.add("              for the bank as it was known then: " + issuer);
        }
        lines.add("              the device says that it knew the customer by: " + String.join(", ", methods)
                + (sound.userVerified() ? "" : " (no user verification)"));
        if (document.customerRemoved()) {
            lines.add("              the customer was removed since: device and customer are those that the JWS names");
        }
        lines.add("Attestation   " + attestation(kept.path("attestation")));
        return lines;
    }

    /** By the bank's word, which checked it when it enrolled the key. */
    private static String attestation(JsonNode kept) {
        String level = kept.path("level").asText("none");
        if (level.equals("none")) {
            return "none was kept: what kind of device holds the key is not proved";
        }
        return "%s: the key is kept in %s, and used %s"
                .formatted(
                        kept.path("format").asText(),
                        level,
                        kept.path("userVerification").asBoolean()
                                ? "only once the phone has verified who holds it"
                                : "without the phone verifying who holds it");
    }

    private DeviceSignature() {}
}
