package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer's passkey with the browser around it (Web Authentication Level 2): it signs whatever a test likes. */
public final class Passkey {

    /** What an authenticator says with a signature: the flags {@code UP} and {@code UV}. */
    public static final int PRESENT = 1;

    public static final int VERIFIED = 4;

    private static final int COORDINATE_BYTES = 32;
    private static final int DATA_BYTES = 37;

    private final KeyPair pair;
    private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    private final URI server;

    private Passkey(KeyPair pair, URI server) {
        this.pair = pair;
        this.server = server;
    }

    /**
     * Gives a customer one, as a bank that moves to Keycloak does it.
     *
     * @param type {@code webauthn-passwordless} or {@code webauthn}
     */
    public static Passkey of(Customer customer, String type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            Passkey passkey =
                    new Passkey(generator.generateKeyPair(), customer.realm().uri(""));
            customer.realm().admin().addCredential(customer.realm().name(), customer.id(), passkey.credential(type));
            return passkey;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private ObjectNode credential(String type) {
        ObjectNode data = Http.object()
                .put("aaguid", new UUID(0, 0).toString())
                .put("credentialId", Base64.getEncoder().encodeToString(id))
                .put("counter", 0)
                .put("credentialPublicKey", base64(coseKey()))
                .put("attestationStatementFormat", "none");
        return Http.object()
                .put("type", type)
                .put("userLabel", "phone")
                .put("secretData", "{}")
                .put("credentialData", data.toString());
    }

    /** RFC 9053, section 7.1: {@code {1: 2, 3: -7, -1: 1, -2: x, -3: y}}. */
    private byte[] coseKey() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        ByteArrayOutputStream cose = new ByteArrayOutputStream();
        cose.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, COORDINATE_BYTES});
        cose.writeBytes(coordinate(key.getW().getAffineX()));
        cose.writeBytes(new byte[] {0x22, 0x58, COORDINATE_BYTES});
        cose.writeBytes(coordinate(key.getW().getAffineY()));
        return cose.toByteArray();
    }

    /** The public key, as a bank keeps it beside what it signed: a SubjectPublicKeyInfo in base64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** Signs a text after it made sure of who is there. */
    public Map<String, List<String>> sign(String text) {
        return sign(text, PRESENT | VERIFIED, 0);
    }

    /**
     * Signs a text, whose SHA-256 is the challenge.
     *
     * @return the fields of the consent screen's form
     */
    public Map<String, List<String>> sign(String text, int flags, int counter) {
        String clientData = Http.object()
                .put("type", "webauthn.get")
                .put("challenge", base64(hash(text.getBytes(StandardCharsets.UTF_8))))
                .put("origin", server.resolve("/").toString().replaceAll("/$", ""))
                .put("crossOrigin", false)
                .toString();
        byte[] client = clientData.getBytes(StandardCharsets.UTF_8);
        byte[] data = ByteBuffer.allocate(DATA_BYTES)
                .put(hash(server.getHost().getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt(counter)
                .array();
        return Map.of(
                "passkey-credential", List.of(base64(id)),
                "passkey-client-data", List.of(base64(client)),
                "passkey-authenticator-data", List.of(base64(data)),
                "passkey-signature", List.of(base64(signature(data, hash(client)))));
    }

    private byte[] signature(byte[]... parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ECDSA", e);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] last = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - COORDINATE_BYTES), bytes.length);
        byte[] padded = new byte[COORDINATE_BYTES];
        System.arraycopy(last, 0, padded, COORDINATE_BYTES - last.length, last.length);
        return padded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
