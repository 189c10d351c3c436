package io.assent.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import io.assent.server.Base64Url;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialPublicKeyConverter;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;

/** A customer's passkey as Keycloak keeps it. */
record StoredPasskey(PasskeyKind kind, WebAuthnCredentialData data) {

    private static final CredentialPublicKeyConverter KEYS = new CredentialPublicKeyConverter(new ObjectConverter());

    static Stream<StoredPasskey> of(UserModel customer, PasskeyKind kind) {
        return customer.credentialManager()
                .getStoredCredentialsByTypeStream(kind.type())
                .map(kept -> of(kind, kept));
    }

    private static StoredPasskey of(PasskeyKind kind, CredentialModel kept) {
        return new StoredPasskey(
                kind, WebAuthnCredentialModel.createFromCredentialModel(kept).getWebAuthnCredentialData());
    }

    boolean hasId(byte[] id) {
        return Arrays.equals(id(), id);
    }

    /** As a browser writes it. */
    String credentialId() {
        return Base64Url.encode(id());
    }

    private byte[] id() {
        return Base64.getMimeDecoder().decode(data.getCredentialId());
    }

    /** A SubjectPublicKeyInfo in DER, in base64. */
    String publicKey() {
        byte[] encoded = KEYS.convertToEntityAttribute(data.getCredentialPublicKey())
                .getPublicKey()
                .getEncoded();
        return Base64.getEncoder().encodeToString(encoded);
    }
}
