package io.assent.device.attestation;

import io.assent.api.PublicApi;
import java.util.List;
import java.util.Objects;

/**
 * What an app sends to show how its key is kept. Nothing of it is believed yet.
 *
 * @param format the id of the provider that can read it, or {@value KeyAttestation#NO_FORMAT}
 * @param chain certificates in DER (RFC 5280), the key's own first; at most {@value #MAX_CERTIFICATES}
 */
@PublicApi
public record Attestation(String format, List<byte[]> chain) {

    public static final int MAX_CERTIFICATES = 6;

    public Attestation {
        Objects.requireNonNull(format);
        chain = List.copyOf(chain);
        if (chain.size() > MAX_CERTIFICATES) {
            throw new IllegalArgumentException("more than " + MAX_CERTIFICATES + " certificates");
        }
    }
}
