package io.assent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.device.CompactJws;
import io.assent.device.DeviceKey;
import io.assent.device.Es256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A yes that a device's key signed: a JWS (RFC 7515) of ES256 alone, whose claims say who says yes to what, on which
 * device, and by what the customer was shown.
 */
public final class SignedDecision {

    static final String TYPE = "consent-decision+jwt";

    /** How far a phone's clock may be off. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");

    /** Authentication methods by which a device knows who is there (RFC 8176, section 2). */
    private static final Set<String> USER_VERIFICATION = Set.of("face", "fpt", "iris", "retina", "vbm", "pin", "pwd");

    private final CompactJws jws;

    private SignedDecision(CompactJws jws) {
        this.jws = jws;
    }

    /**
     * Whether the customer signed it.
     *
     * @param compact what was sent
     * @param es256 by what signatures are checked
     * @param signers the devices that have the key with a thumbprint (RFC 7638): an app that is installed anew may keep
     *     its key, and is another device
     * @param facts what it has to say
     */
    public static Finding check(
            String compact, Es256 es256, Function<String, List<Signer>> signers, DecisionFacts facts) {
        Optional<CompactJws> jws = CompactJws.parse(compact, DecisionSignature.Jws.MAX_LENGTH);
        if (jws.isEmpty()) {
            return new Flawed(SignatureFlaw.MALFORMED, "It has to be a JWS in compact form with a JSON object in it");
        }
        return new SignedDecision(jws.get()).check(es256, signers, facts);
    }

    private Finding check(Es256 es256, Function<String, List<Signer>> signers, DecisionFacts facts) {
        JsonNode header = jws.header();
        if (!DecisionClaims.names(header).equals(HEADER)
                || !isText(header.path("alg"), "ES256")
                || !isText(header.path("typ"), TYPE)
                || !header.path("kid").isTextual()) {
            return new Flawed(
                    SignatureFlaw.HEADER,
                    "The header has to be alg ES256, typ " + TYPE + " and the kid, and nothing else");
        }
        List<Signer> known = signers.apply(header.path("kid").textValue());
        if (known.isEmpty()) {
            return new Flawed(SignatureFlaw.KEY, "No device of the customer has the key that kid names");
        }
        if (!es256.verifies(known.get(0).key(), jws.signed(), jws.signature())) {
            return new Flawed(SignatureFlaw.SIGNATURE, "The signature is not by the key that kid names");
        }
        Optional<DecisionClaims> claims = DecisionClaims.of(jws.claims());
        if (claims.isEmpty()) {
            return new Flawed(SignatureFlaw.CLAIMS, "The claims have to be those of a decision, each in its form");
        }
        Optional<Signer> signer = known.stream()
                .filter(one -> one.deviceId().equals(claims.get().issuer()))
                .findFirst();
        return signer.isEmpty()
                ? new Flawed(SignatureFlaw.ISSUER, "iss has to be the id of the device that has the key")
                : check(claims.get(), signer.get(), facts);
    }

    private static Finding check(DecisionClaims claims, Signer signer, DecisionFacts facts) {
        if (!claims.audience().equals(facts.realmIssuer())) {
            return new Flawed(SignatureFlaw.AUDIENCE, "aud has to be the issuer of the realm");
        }
        if (!claims.subject().equals(facts.customerId())) {
            return new Flawed(SignatureFlaw.SUBJECT, "sub has to be the customer, as in the access token");
        }
        if (!claims.request().equals(facts.id())) {
            return new Flawed(SignatureFlaw.REQUEST, "req has to be the id of what is answered");
        }
        if (!claims.decision().equals(facts.act().word())) {
            return new Flawed(
                    SignatureFlaw.DECISION, "dec has to be " + facts.act().word());
        }
        boolean shown = claims.contentHash().equals(facts.contentHash());
        // what is confirmed is what is shown: another grant is a mistake only where that is the same
        if ((shown || facts.act() == Act.APPROVE) && !isGranted(claims, facts)) {
            return new Flawed(SignatureFlaw.GRANT, "grt has to be what the decision grants: all of it, and no more");
        }
        if (!claims.challenge().equals(facts.challenge())) {
            return new Flawed(SignatureFlaw.CHALLENGE, "chl has to be the challenge that came with what is answered");
        }
        if (!isInTime(claims, facts)) {
            return new Flawed(
                    SignatureFlaw.TIME, "iat has to be now, and exp later, but not after what is answered expires");
        }
        if (!shown) {
            return new OtherContent();
        }
        return new Sound(signer, claims.methods().stream().anyMatch(USER_VERIFICATION::contains));
    }

    private static boolean isGranted(DecisionClaims claims, DecisionFacts facts) {
        return Set.copyOf(claims.scopes()).equals(facts.scopes())
                && claims.detailsHash().equals(facts.detailsHash());
    }

    private static boolean isInTime(DecisionClaims claims, DecisionFacts facts) {
        Instant lastWholeSecond = facts.expiresAt().plusNanos(999_999_999);
        return claims.issuedAt() <= facts.at().plus(CLOCK_SKEW).getEpochSecond()
                && claims.issuedAt() >= facts.askedAt().minus(CLOCK_SKEW).getEpochSecond()
                && claims.expiresAt() > facts.at().getEpochSecond()
                && claims.expiresAt() > claims.issuedAt()
                && claims.expiresAt() <= lastWholeSecond.getEpochSecond();
    }

    private static boolean isText(JsonNode node, String text) {
        return node.isTextual() && node.textValue().equals(text);
    }

    /**
     * Who signs.
     *
     * @param deviceId the id of the device, which its app chose
     */
    public record Signer(String deviceId, DeviceKey key) {}

    /** What was found. */
    public sealed interface Finding {}

    /** @param userVerified whether it says that the device knew who was there */
    public record Sound(Signer signer, boolean userVerified) implements Finding {}

    /** @param why words for the developer of the app */
    public record Flawed(SignatureFlaw flaw, String why) implements Finding {}

    /** It is a yes to something else than what is shown now. */
    public record OtherContent() implements Finding {}
}
