package io.assent.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The keys that a realm publishes ({@code jwks_uri}), by their thumbprints (RFC 7638). */
record RealmKeys(Set<Base64URL> thumbprints) {

    RealmKeys {
        thumbprints = Set.copyOf(thumbprints);
    }

    /** Empty where it is no set of keys. */
    static Optional<RealmKeys> parse(byte[] jwks) {
        try {
            Set<Base64URL> thumbprints = new HashSet<>();
            for (JWK key :
                    JWKSet.parse(new String(jwks, StandardCharsets.UTF_8)).getKeys()) {
                thumbprints.add(key.computeThumbprint());
            }
            return Optional.of(new RealmKeys(thumbprints));
        } catch (ParseException | JOSEException noKeys) {
            return Optional.empty();
        }
    }

    boolean contain(SealKey key) {
        return thumbprints.contains(new Base64URL(key.thumbprint()));
    }
}
