package io.assent.device.attestation.android;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** What the key store holds a key to: {@code AuthorizationList} in Android's key attestation extension. */
record AuthorizationList(Map<Integer, ASN1Primitive> entries) {

    private static final int PURPOSE = 1;
    private static final int NO_AUTH_REQUIRED = 503;
    private static final int USER_AUTH_TYPE = 504;
    private static final int AUTH_TIMEOUT = 505;
    private static final int ORIGIN = 702;

    AuthorizationList {
        entries = Map.copyOf(entries);
    }

    /** @throws IllegalArgumentException or IllegalStateException where it is none */
    static AuthorizationList of(ASN1Encodable encoded) {
        Map<Integer, ASN1Primitive> entries = new HashMap<>();
        for (ASN1Encodable entry : ASN1Sequence.getInstance(encoded)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(entry);
            ASN1Primitive before = entries.put(
                    tagged.getTagNo(), tagged.getExplicitBaseObject().toASN1Primitive());
            if (before != null || !tagged.hasContextTag()) {
                throw new IllegalArgumentException("not an authorization list");
            }
        }
        return new AuthorizationList(entries);
    }

    boolean hasPurpose() {
        return entries.containsKey(PURPOSE);
    }

    /** What the key can do, by Android's numbers. */
    Set<BigInteger> purposes() {
        Set<BigInteger> purposes = new HashSet<>();
        find(PURPOSE).ifPresent(set -> {
            for (ASN1Encodable purpose : ASN1Set.getInstance(set)) {
                purposes.add(ASN1Integer.getInstance(purpose).getValue());
            }
        });
        return purposes;
    }

    /** Where the key came from, by Android's numbers. */
    Optional<BigInteger> origin() {
        return find(ORIGIN).map(number -> ASN1Integer.getInstance(number).getValue());
    }

    /** Whether it takes who holds the phone, for each use: not where a while after an unlock is enough. */
    boolean userVerification() {
        return !entries.containsKey(NO_AUTH_REQUIRED)
                && !entries.containsKey(AUTH_TIMEOUT)
                && find(USER_AUTH_TYPE)
                        .filter(types ->
                                ASN1Integer.getInstance(types).getValue().signum() != 0)
                        .isPresent();
    }

    private Optional<ASN1Primitive> find(int tag) {
        return Optional.ofNullable(entries.get(tag));
    }
}
