package io.assent.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.assent.server.Base64Url;
import io.assent.server.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.keycloak.credential.CredentialPublicKeyConverter;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** A passkey with the browser around it: what it signs can be anything. */
record Authenticator(KeyPair key, byte[] id) {

    static final String ORIGIN = "https://bank.example";
    static final String RP_ID = "bank.example";
    static final int PRESENT = 1;
    static final int VERIFIED = 4;

    static Authenticator any() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new Authenticator(
                    generator.generateKeyPair(), UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Keycloak keeps it. */
    WebAuthnCredentialModel kept(PasskeyKind kind, long counter) {
        EC2COSEKey cose = EC2COSEKey.create((ECPublicKey) key.getPublic(), COSEAlgorithmIdentifier.ES256);
        WebAuthnCredentialModel kept = WebAuthnCredentialModel.create(
                kind.type(),
                "phone",
                AAGUID.ZERO.toString(),
                Base64.getEncoder().encodeToString(id),
                null,
                new CredentialPublicKeyConverter(new ObjectConverter()).convertToDatabaseColumn(cose),
                counter,
                "none",
                Set.of());
        kept.setId(UUID.randomUUID().toString());
        return kept;
    }

    String credentialId() {
        return Base64Url.encode(id);
    }

    /** One that a bank takes. */
    PasskeyAssertion sign(String challenge) {
        return sign(clientData("webauthn.get", challenge, ORIGIN), RP_ID, PRESENT | VERIFIED, 0);
    }

    static String clientData(String type, String challenge, String origin) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin);
    }

    PasskeyAssertion sign(String clientData, String rpId, int flags, int counter) {
        byte[] data = ByteBuffer.allocate(37)
                .put(Base64.getUrlDecoder().decode(Sha256.base64Url(rpId)))
                .put((byte) flags)
                .putInt(counter)
                .array();
        byte[] client = clientData.getBytes(StandardCharsets.UTF_8);
        return new PasskeyAssertion(
                credentialId(),
                Base64Url.encode(client),
                Base64Url.encode(data),
                Base64Url.encode(signature(data, client)));
    }

    private byte[] signature(byte[] data, byte[] client) {
        try {
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            signed.writeBytes(data);
            signed.writeBytes(MessageDigest.getInstance("SHA-256").digest(client));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(signed.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
