package io.assent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.data.SoundDecision;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Keys for tests alone: their private halves are public. And signatures in both forms. */
final class KeyVectors {

    private static final int BYTES = 32;
    private static final int INTEGER = 2;
    private static final int SEQUENCE = 0x30;

    /** The first two are the device's and nobody's; the last one has a coordinate that begins with a zero byte. */
    static ArrayNode fresh() {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        keys.add(json("device", SoundDecision.key()));
        keys.add(json("another", SoundDecision.key()));
        KeyPair padded = SoundDecision.key();
        while (((ECPublicKey) padded.getPublic()).getW().getAffineX().bitLength() > 8 * (BYTES - 1)) {
            padded = SoundDecision.key();
        }
        keys.add(json("x begins with a zero byte", padded));
        return keys;
    }

    static KeyPair key(JsonNode vector) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPublicKey any = (ECPublicKey) SoundDecision.key().getPublic();
            JsonNode jwk = vector.path("jwk");
            return new KeyPair(
                    keys.generatePublic(new ECPublicKeySpec(
                            new ECPoint(number(jwk.path("x")), number(jwk.path("y"))), any.getParams())),
                    keys.generatePrivate(new ECPrivateKeySpec(number(vector.path("d")), any.getParams())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode json(String name, KeyPair pair) {
        ObjectNode vector = JsonNodeFactory.instance.objectNode().put("name", name);
        vector.set("jwk", SoundDecision.jwk(pair));
        return vector.put("thumbprint", SoundDecision.kid(pair))
                .put("d", base64(padded(((ECPrivateKey) pair.getPrivate()).getS())));
    }

    /** What a phone's key store makes (DER), and what a JWS has (RFC 7518, section 3.4). In hexadecimal digits. */
    static ObjectNode signatures() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode valid = all.putArray("valid");
        BigInteger plain = new BigInteger("5" + "a".repeat(63), 16);
        BigInteger high = new BigInteger("f" + "b".repeat(63), 16);
        BigInteger shorter = new BigInteger("c".repeat(60), 16);
        valid(valid, "both of 32 bytes", plain, plain.add(BigInteger.ONE));
        valid(valid, "both with a zero byte before the first bit", high, high.add(BigInteger.ONE));
        valid(valid, "one shorter", shorter, plain);
        valid(valid, "the other one shorter", high, shorter);
        valid(valid, "of one byte", BigInteger.ONE, BigInteger.TWO);
        ArrayNode invalid = all.putArray("invalid");
        byte[] der = der(plain, high);
        invalid(invalid, "nothing", new byte[0]);
        invalid(invalid, "cut", Arrays.copyOf(der, der.length - 1));
        invalid(invalid, "more", Arrays.copyOf(der, der.length + 1));
        invalid(invalid, "no sequence", changed(der, 0, 0x31));
        invalid(invalid, "no integer", changed(der, 2, 3));
        invalid(invalid, "an integer beyond the sequence", changed(der, 3, 0x7f));
        invalid(invalid, "a negative integer", der(plain.negate(), high));
        invalid(invalid, "an integer of 33 bytes", der(plain.shiftLeft(8), high));
        invalid(invalid, "one integer", sequence(integer(plain)));
        invalid(invalid, "three integers", sequence(integer(plain), integer(plain), integer(BigInteger.ONE)));
        return all;
    }

    private static void valid(ArrayNode valid, String name, BigInteger r, BigInteger s) {
        valid.addObject().put("name", name).put("der", hex(der(r, s))).put("jws", hex(padded(r)) + hex(padded(s)));
    }

    private static void invalid(ArrayNode invalid, String name, byte[] der) {
        invalid.addObject().put("name", name).put("der", hex(der));
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        return sequence(integer(r), integer(s));
    }

    private static byte[] integer(BigInteger number) {
        return tagged(INTEGER, number.toByteArray());
    }

    private static byte[] sequence(byte[]... items) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] item : items) {
            all.writeBytes(item);
        }
        return tagged(SEQUENCE, all.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.write(tag);
        tagged.write(content.length);
        tagged.writeBytes(content);
        return tagged.toByteArray();
    }

    private static byte[] changed(byte[] bytes, int place, int value) {
        byte[] changed = bytes.clone();
        changed[place] = (byte) value;
        return changed;
    }

    private static byte[] padded(BigInteger number) {
        String hex = number.toString(16);
        return HexFormat.of().parseHex("0".repeat(2 * BYTES - hex.length()) + hex);
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.textValue()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private KeyVectors() {}
}
