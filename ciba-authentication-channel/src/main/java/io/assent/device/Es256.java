package io.assent.device;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Objects;

/** ECDSA on P-256 with SHA-256, as JWS writes its signatures (RFC 7518, section 3.4): both numbers, 32 bytes each. */
public final class Es256 {

    /** By what every Java has. */
    public static final Es256 OF_JAVA = new Es256("SHA256withECDSAinP1363Format", null);

    /** The same format, as Bouncy Castle calls it. */
    private static final String BOUNCY_CASTLE = "SHA256withPLAIN-ECDSA";

    private static final int LENGTH = 64;

    private final String algorithm;
    private final Provider provider;

    private Es256(String algorithm, Provider provider) {
        this.algorithm = algorithm;
        this.provider = provider;
    }

    /** By Bouncy Castle, which takes a quarter of the time of Java 17; or by Java, where it does not have it. */
    public static Es256 of(Provider bouncyCastle) {
        return bouncyCastle.getService("Signature", BOUNCY_CASTLE) == null
                ? OF_JAVA
                : new Es256(BOUNCY_CASTLE, Objects.requireNonNull(bouncyCastle));
    }

    /** Whether the key signed this. */
    public boolean verifies(DeviceKey key, byte[] signed, byte[] signature) {
        if (signature.length != LENGTH) {
            return false;
        }
        try {
            Signature verifier =
                    provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
            PublicKey publicKey = key.publicKey();
            verifier.initVerify(publicKey);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException notOne) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a provider that has ES256 takes its keys", e);
        }
    }
}
