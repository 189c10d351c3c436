package io.assent.fake.android;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * What the key store says of a key, by Android's numbers: at first of one in the trusted environment that signs when
 * its owner puts a finger on the phone.
 */
public final class AttestedFacts {

    private static final int VERSION = 300;
    private static final int PURPOSE = 1;
    private static final int ALGORITHM = 2;
    private static final int ELLIPTIC_CURVE = 3;
    private static final int NO_AUTH_REQUIRED = 503;
    private static final int USER_AUTH_TYPE = 504;
    private static final int AUTH_TIMEOUT = 505;
    private static final int ORIGIN = 702;

    private final byte[] challenge;
    private int attestationLevel = 1;
    private int keyStoreLevel = 1;
    private List<Integer> purposes = List.of(2);
    private List<Integer> origin = List.of(0);
    private List<Integer> userAuthType = List.of(2);
    private List<Integer> authTimeout = List.of();
    private boolean noAuthRequired;
    private boolean bySoftware;
    private UnaryOperator<byte[]> spoil = bytes -> bytes;

    /** @param challenge what the key is made in answer to, in ASCII */
    public AttestedFacts(String challenge) {
        this.challenge = challenge.getBytes(StandardCharsets.US_ASCII);
    }

    /** Who attests, and who keeps the key: 0 is software, 1 the trusted environment, 2 StrongBox. */
    public AttestedFacts levels(int attestation, int keyStore) {
        attestationLevel = attestation;
        keyStoreLevel = keyStore;
        return this;
    }

    public AttestedFacts purposes(Integer... numbers) {
        purposes = List.of(numbers);
        return this;
    }

    /** None, or one. */
    public AttestedFacts origin(Integer... number) {
        origin = List.of(number);
        return this;
    }

    /** None, or one. */
    public AttestedFacts userAuthType(Integer... number) {
        userAuthType = List.of(number);
        return this;
    }

    /** For how many seconds after an unlock the key can be used. */
    public AttestedFacts authTimeout(int seconds) {
        authTimeout = List.of(seconds);
        return this;
    }

    public AttestedFacts noAuthRequired() {
        noAuthRequired = true;
        return this;
    }

    /** That it is the operating system alone that holds the key to it. */
    public AttestedFacts bySoftware() {
        bySoftware = true;
        return this;
    }

    /** Something else in the place of the extension's value. */
    public AttestedFacts spoilt(UnaryOperator<byte[]> change) {
        spoil = change;
        return this;
    }

    /** The value of the extension. */
    byte[] encoded() {
        DERSequence held = new DERSequence(list());
        DERSequence empty = new DERSequence();
        try {
            return spoil.apply(new DERSequence(new ASN1Encodable[] {
                        new ASN1Integer(VERSION),
                        new ASN1Enumerated(attestationLevel),
                        new ASN1Integer(VERSION),
                        new ASN1Enumerated(keyStoreLevel),
                        new DEROctetString(challenge),
                        new DEROctetString(new byte[0]),
                        bySoftware ? held : empty,
                        bySoftware ? empty : held
                    })
                    .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ASN1EncodableVector list() {
        ASN1EncodableVector list = new ASN1EncodableVector();
        if (!purposes.isEmpty()) {
            ASN1Encodable[] numbers = purposes.stream().map(ASN1Integer::new).toArray(ASN1Encodable[]::new);
            list.add(entry(PURPOSE, new DERSet(numbers)));
        }
        list.add(entry(ALGORITHM, new ASN1Integer(ELLIPTIC_CURVE)));
        if (noAuthRequired) {
            list.add(entry(NO_AUTH_REQUIRED, DERNull.INSTANCE));
        }
        userAuthType.forEach(number -> list.add(entry(USER_AUTH_TYPE, new ASN1Integer(number))));
        authTimeout.forEach(seconds -> list.add(entry(AUTH_TIMEOUT, new ASN1Integer(seconds))));
        origin.forEach(number -> list.add(entry(ORIGIN, new ASN1Integer(number))));
        return list;
    }

    private static DERTaggedObject entry(int tag, ASN1Encodable value) {
        return new DERTaggedObject(true, tag, value);
    }
}
