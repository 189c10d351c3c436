package io.assent.fake.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed decisions that no server may take: a {@link SoundDecision}, each broken in one way, or as one attack breaks
 * it. Where what is broken can be signed, the device's own key signed it. Where users must be verified, each is refused
 * for the flaw that it names.
 */
public final class MalformedDecisions {

    /** What is asked for instead, where a user must be verified and was not: the problem {@code signature-required}. */
    public static final String SIGNATURE_REQUIRED = "signature-required";

    /** The answer to a {@code dsp} that is not the hash of what is shown: the problem {@code content-changed}. */
    public static final String CONTENT_CHANGED = "content-changed";

    /** The longest JWS that a decision may have, in characters. */
    private static final int MAX_LENGTH = 4096;

    private static final String ANOTHER_ID = "00000000-0000-4000-8000-000000000000";
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SoundDecision sound;
    private final KeyPair another;
    private final List<Malformed> all = new ArrayList<>();

    private MalformedDecisions(SoundDecision sound, KeyPair another) {
        this.sound = sound;
        this.another = another;
    }

    /**
     * One of them.
     *
     * @param name what was done to it, for the name of a test
     * @param jws what to send
     * @param flaw what the problem {@code invalid-signature} says of it, or {@link #SIGNATURE_REQUIRED} or
     *     {@link #CONTENT_CHANGED}
     * @param reason why it is refused, one sentence
     */
    public record Malformed(String name, String jws, String flaw, String reason) {}

    /**
     * All of them, in the order in which a server looks.
     *
     * @param sound what the server would take: of one permission or more
     * @param another a key that no device has
     */
    public static List<Malformed> of(SoundDecision sound, KeyPair another) {
        if (sound.scopes().isEmpty()) {
            throw new IllegalArgumentException("a permission must be granted, so that one can be left out");
        }
        MalformedDecisions malformed = new MalformedDecisions(sound, another);
        malformed.parts();
        malformed.json();
        malformed.algorithms();
        malformed.headers();
        malformed.keys();
        malformed.signatures();
        malformed.forms();
        malformed.parties();
        malformed.grants();
        malformed.times();
        malformed.answeredOtherwise();
        return List.copyOf(malformed.all);
    }

    private void parts() {
        String jws = sound.jws();
        String content = content(jws);
        String signature = jws.substring(content.length() + 1);
        malformed("twoParts", content, "A JWS in compact form has three parts.");
        malformed("fourParts", jws + "." + signature, "A JWS in compact form has three parts.");
        malformed("emptyHeader", sound.signed("." + after(content)), "The header is missing.");
        malformed("emptyPayload", sound.signed(before(content) + "."), "The payload is missing.");
        malformed("emptySignature", content + ".", "Nobody signed it.");

        malformed("paddedSignature", jws + "==", "base64url has no padding in a JWS.");
        malformed(
                "strayBitsInTheSignature",
                content + "." + withStrayBits(signature),
                "The last character has bits that belong to no byte, so that other texts would be the same JWS.");
        malformed(
                "strayBitsInThePayload",
                sound.signed(before(content) + "." + withStrayBits(payloadWithStrayBits())),
                "The last character has bits that belong to no byte, though the signature is over this very text.");
        malformed("lineBreakInThePayload", sound.signed(content + "\n"), "base64url has no line breaks.");
        malformed(
                "standardBase64",
                sound.signed(content.substring(0, content.length() - 1) + "+"),
                "+ and / are not characters of base64url.");
        malformed(
                "jsonSerialization",
                SoundDecision.object()
                        .put("protected", before(content))
                        .put("payload", after(content))
                        .put("signature", signature)
                        .toString(),
                "Only the compact form is taken, not JSON.");
        malformed(
                "tooLong",
                sound.signed(before(content) + "." + SoundDecision.base64(sound.claims() + " ".repeat(MAX_LENGTH))),
                "A signature has at most " + MAX_LENGTH + " characters.");
    }

    private void json() {
        String header = sound.header().toString();
        String claims = sound.claims().toString();
        malformed("headerNoJson", raw("ES256", claims), "The header is no JSON.");
        malformed("headerAList", raw("[" + header + "]", claims), "The header is no JSON object.");
        malformed("payloadNoJson", raw(header, "approve"), "The payload is no JSON.");
        malformed("payloadAList", raw(header, "[" + claims + "]"), "The payload is no JSON object.");
        malformed(
                "headerMemberTwice",
                raw(withTwice(header, "\"alg\":\"none\","), claims),
                "The header has alg twice: readers differ on which one counts.");
        malformed(
                "claimTwice",
                raw(header, withTwice(claims, "\"dec\":\"deny\",")),
                "The payload has dec twice: readers differ on which one counts.");
        malformed("moreAfterTheClaims", raw(header, claims + "{}"), "Something follows after the JSON object.");
        malformed(
                "payloadNoUtf8",
                sound.signed(SoundDecision.base64(header) + "."
                        + SoundDecision.base64(latin1(claims.replace("[\"face\"]", "[\"face\",\"f\u00E4ce\"]")))),
                "The payload is not UTF-8.");
    }

    private void algorithms() {
        for (String none : List.of("none", "None")) {
            String content = content(header("alg", none));
            header("alg" + none + "Unsigned", content + ".AA", "An alg of none signs nothing.");
        }
        header("algNoneSigned", header("alg", "none"), "The alg must be ES256, however good the signature is.");
        header("algInLowerCase", header("alg", "es256"), "Names of algorithms are compared by case (RFC 7515).");
        String hs256 = content(header("alg", "HS256"));
        header(
                "algHs256ByThePublicKey",
                hs256 + "." + SoundDecision.base64(hmac(sound.pair().getPublic().getEncoded(), hs256)),
                "A MAC by a key that everybody knows proves nothing.");
        String rs256 = content(header("alg", "RS256"));
        header(
                "algRs256",
                rs256 + "." + SoundDecision.base64(SoundDecision.signature("SHA256withRSA", rs256, rsa())),
                "RSA is not taken.");
        String es384 = content(header("alg", "ES384"));
        header(
                "algEs384",
                es384 + "."
                        + SoundDecision.base64(SoundDecision.signature(
                                "SHA384withECDSAinP1363Format", es384, SoundDecision.key("secp384r1"))),
                "Only P-256 is taken.");
        header("algEs256k", header("alg", "ES256K"), "Only P-256 is taken.");
        header("algMissing", changed(header -> header.remove("alg"), claims -> {}), "The alg is missing.");
        header(
                "algAList",
                changed(header -> header.putArray("alg").add("ES256"), claims -> {}),
                "The alg is a text, not a list.");
    }

    private void headers() {
        header("typMissing", changed(header -> header.remove("typ"), claims -> {}), "The typ says what is signed.");
        header("typJwt", header("typ", "JWT"), "Another kind of JWT must not pass for a decision.");
        header("typOfAProof", header("typ", "device-proof+jwt"), "What proves a call is no decision.");
        header("kidMissing", changed(header -> header.remove("kid"), claims -> {}), "The kid is missing.");
        header(
                "kidANumber",
                changed(header -> header.put("kid", 1), claims -> {}),
                "The kid is a text: the thumbprint of the key.");
        header(
                "critUnknown",
                changed(
                        header -> header.put("https://example.com/v", 1)
                                .putArray("crit")
                                .add("https://example.com/v"),
                        claims -> {}),
                "No extension is known, so none can be critical (RFC 7515, section 4.1.11).");
        header(
                "critEmpty",
                changed(header -> header.putArray("crit"), claims -> {}),
                "There is no crit in the header of a decision, and an empty one in no header at all.");
        header(
                "unencodedPayload",
                changed(header -> header.put("b64", false).putArray("crit").add("b64"), claims -> {}),
                "A payload is always encoded, though b64 is an extension that libraries know (RFC 7797).");
        header(
                "jwkInTheHeader",
                signedBy(another, header -> header.set("jwk", SoundDecision.jwk(another))),
                "The key is the one that was enrolled, never one that comes along.");
        header(
                "jkuInTheHeader",
                signedBy(another, header -> header.put("jku", "https://example.com/keys")),
                "No key is fetched from an address that comes along.");
        header(
                "x5cInTheHeader",
                signedBy(another, header -> header.putArray("x5c")
                        .add(Base64.getEncoder()
                                .encodeToString(another.getPublic().getEncoded()))),
                "The key is the one that was enrolled, not that of a certificate that comes along.");
        header("zipInTheHeader", header("zip", "DEF"), "Nothing is unpacked: a JWS knows no zip.");
        header("ctyInTheHeader", header("cty", "JWT"), "The header has alg, typ and kid, and nothing else.");
    }

    private void keys() {
        add(
                "kidOfNobody",
                header("kid", SoundDecision.hash("nobody")),
                "key",
                "The kid names no key that the customer has, though a device signed it.");
        add(
                "aKeyOfNobody",
                signedBy(another, header -> header.put("kid", SoundDecision.kid(another))),
                "key",
                "The customer has no device with this key, though its own signature is sound.");
    }

    private void signatures() {
        String jws = sound.jws();
        String content = content(jws);
        byte[] bytes = Base64.getUrlDecoder().decode(jws.substring(content.length() + 1));
        signature(
                "byAnotherKey",
                SoundDecision.signed(content, another),
                "Another key made it, though the kid is that of the device.");
        String other = content(changed(header -> {}, claims -> claims.put("req", ANOTHER_ID)));
        signature(
                "overAnotherPayload",
                content + sound.signed(other).substring(other.length()),
                "The device signed something else.");
        signature("flippedBit", content + "." + SoundDecision.base64(flipped(bytes)), "One bit is not as it was.");
        signature(
                "derEncoded",
                content + "." + SoundDecision.base64(SoundDecision.signature("SHA256withECDSA", content, sound.pair())),
                "JWS has two numbers of 32 bytes, not DER (RFC 7518, section 3.4): a phone's key store gives DER.");
        signature(
                "allZero",
                content + "." + SoundDecision.base64(new byte[bytes.length]),
                "Both numbers are zero, which some verifiers took for anything (CVE-2022-21449).");
        signature(
                "asLargeAsTheOrder",
                content + "." + SoundDecision.base64(twiceTheOrder()),
                "Both numbers are the order of the curve, which is zero once more (CVE-2022-21449).");
        signature(
                "oneByteLess",
                content + "." + SoundDecision.base64(Arrays.copyOf(bytes, bytes.length - 1)),
                "A signature has 64 bytes.");
        signature(
                "oneByteMore",
                content + "." + SoundDecision.base64(Arrays.copyOf(bytes, bytes.length + 1)),
                "A signature has 64 bytes.");
    }

    private void forms() {
        claims("challengeMissing", claims -> claims.remove("chl"), "The challenge is missing.");
        claims("expMissing", claims -> claims.remove("exp"), "A decision without an end is good for ever.");
        claims("amrMissing", claims -> claims.remove("amr"), "Nothing says how the user was verified.");
        claims("amrEmpty", claims -> claims.putArray("amr"), "The amr names one method at least.");
        claims("amrAText", claims -> claims.put("amr", "face"), "The amr is a list (RFC 8176).");
        claims("amrOfNumbers", claims -> claims.putArray("amr").add("face").add(1), "The amr is a list of texts.");
        claims(
                "amrTooMany",
                claims -> {
                    ArrayNode methods = claims.putArray("amr");
                    IntStream.rangeClosed(0, 10).forEach(number -> methods.add(number == 0 ? "face" : "own" + number));
                },
                "The amr names ten methods at most.");
        claims("anotherClaim", claims -> claims.put("jti", ANOTHER_ID), "A decision has no other claims.");
        claims("grantANull", claims -> claims.putNull("grt"), "The grant is an object.");
        claims(
                "scopeTwice",
                claims -> scopes(claims.withObject("/grt")).add(sound.scopes().get(0)),
                "Each permission is named once.");
        claims(
                "audienceAList",
                claims -> claims.putArray("aud").add(sound.issuer()),
                "The audience is one text, though JWT allows a list.");
        claims(
                "iatAText",
                claims -> claims.put("iat", Long.toString(sound.now().getEpochSecond())),
                "A time is a number of seconds.");
        claims("iatAFraction", claims -> claims.put("iat", sound.now().getEpochSecond() + 0.5), "Seconds are whole.");
        claims(
                "expBeyondAnyNumber",
                claims -> claims.put("exp", BigInteger.TEN.pow(30)),
                "No clock gets there, and no program's whole number either.");
    }

    private void parties() {
        claim("anotherDevice", "iss", ANOTHER_ID, "issuer", "The iss is not the id of the device that has the key.");
        claim("anotherRealm", "aud", sound.issuer() + "2", "audience", "The aud is not the issuer of this realm.");
        claim("anotherCustomer", "sub", ANOTHER_ID, "subject", "The sub is not the customer who answers.");
        claim("anotherRequest", "req", ANOTHER_ID, "request", "The req is not the request that is answered.");
        claim("aDenial", "dec", "deny", "decision", "It says deny, and the call says approve.");
        claim("decisionInUpperCase", "dec", "APPROVE", "decision", "A decision is written approve.");
        claim(
                "anotherChallenge",
                "chl",
                SoundDecision.hash("another challenge"),
                "challenge",
                "The challenge is not that of the request.");
        claim("paddedChallenge", "chl", sound.challenge() + "=", "challenge", "The challenge is not as it was given.");
    }

    private void grants() {
        grant("moreScopes", grant -> scopes(grant).add("another-permission"), "More is signed than is granted.");
        grant("fewerScopes", grant -> scopes(grant).remove(0), "Less is signed than is granted.");
        grant(
                "otherDetails",
                grant -> grant.put("details_hash", SoundDecision.detailsHash("[{\"type\":\"another\"}]")),
                "Other details are signed than are granted.");
    }

    private void times() {
        long now = sound.now().getEpochSecond();
        long created = sound.createdAt().getEpochSecond();
        time(
                "iatInTheFuture",
                claims -> claims.put("iat", now + 90).put("exp", sound.lastSecond()),
                "It is from a time that is still to come: 30 seconds are given, not more.");
        time(
                "iatBeforeTheRequest",
                claims -> claims.put("iat", created - 90),
                "It is older than the request: 30 seconds are given, not more.");
        time("expired", claims -> claims.put("iat", created).put("exp", now - 1), "Its time is over.");
        time(
                "expBeyondTheRequest",
                claims -> claims.put("exp", sound.lastSecond() + 1),
                "It is good for longer than the request.");
        time("expBeforeIat", claims -> claims.put("iat", now + 20).put("exp", now + 10), "It ends before it begins.");
    }

    private void answeredOtherwise() {
        claim(
                "otherContent",
                "dsp",
                SoundDecision.hash("other content"),
                CONTENT_CHANGED,
                "The customer saw something else than is shown now.");
        add(
                "amrWithoutAUser",
                changed(
                        header -> {},
                        claims -> claims.putArray("amr").add("hwk").add("mfa")),
                SIGNATURE_REQUIRED,
                "Nothing in the amr says that the user was verified.");
        add(
                "amrInUpperCase",
                changed(header -> {}, claims -> claims.putArray("amr").add("FACE")),
                SIGNATURE_REQUIRED,
                "The names of methods are compared by case (RFC 8176).");
    }

    private void malformed(String name, String jws, String reason) {
        add(name, jws, "malformed", reason);
    }

    private void header(String name, String jws, String reason) {
        add(name, jws, "header", reason);
    }

    private void signature(String name, String jws, String reason) {
        add(name, jws, "signature", reason);
    }

    private void claims(String name, Consumer<ObjectNode> change, String reason) {
        add(name, changed(header -> {}, change), "claims", reason);
    }

    private void grant(String name, Consumer<ObjectNode> change, String reason) {
        add(name, changed(header -> {}, claims -> change.accept(claims.withObject("/grt"))), "grant", reason);
    }

    private void time(String name, Consumer<ObjectNode> change, String reason) {
        add(name, changed(header -> {}, change), "time", reason);
    }

    private void claim(String name, String claim, String value, String flaw, String reason) {
        add(name, changed(header -> {}, claims -> claims.put(claim, value)), flaw, reason);
    }

    private void add(String name, String jws, String flaw, String reason) {
        all.add(new Malformed(name, jws, flaw, reason));
    }

    /** Signed by the device, as everything that says no otherwise. */
    private String changed(Consumer<ObjectNode> header, Consumer<ObjectNode> claims) {
        ObjectNode changedHeader = sound.header();
        header.accept(changedHeader);
        ObjectNode changedClaims = sound.claims();
        claims.accept(changedClaims);
        return sound.jws(changedHeader, changedClaims);
    }

    private String header(String member, String value) {
        return changed(header -> header.put(member, value), claims -> {});
    }

    private String signedBy(KeyPair key, Consumer<ObjectNode> header) {
        return SoundDecision.signed(content(changed(header, claims -> {})), key);
    }

    private String raw(String header, String claims) {
        return sound.signed(SoundDecision.base64(header) + "." + SoundDecision.base64(claims));
    }

    private static String withTwice(String object, String member) {
        return "{" + member + object.substring(1);
    }

    private static ArrayNode scopes(ObjectNode grant) {
        return (ArrayNode) grant.path("scopes");
    }

    /** The first two parts. */
    private static String content(String jws) {
        return jws.substring(0, jws.lastIndexOf('.'));
    }

    private static String before(String content) {
        return content.substring(0, content.indexOf('.'));
    }

    private static String after(String content) {
        return content.substring(content.indexOf('.') + 1);
    }

    /** The claims at such a length that the last character has bits to spare: white space may follow them. */
    private String payloadWithStrayBits() {
        String claims = sound.claims().toString();
        int bytes = claims.getBytes(StandardCharsets.UTF_8).length;
        return SoundDecision.base64(bytes % 3 == 0 ? claims + " " : claims);
    }

    private static String withStrayBits(String base64) {
        int last = base64.length() - 1;
        return base64.substring(0, last) + BASE64URL.charAt(BASE64URL.indexOf(base64.charAt(last)) + 1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length - 1] ^= 1;
        return flipped;
    }

    private byte[] twiceTheOrder() {
        String order =
                ((ECPublicKey) sound.pair().getPublic()).getParams().getOrder().toString(16);
        return HexFormat.of().parseHex(order + order);
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
