package io.assent.verifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.device.CompactJws;
import io.assent.server.Base64Url;
import io.assent.server.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The realm's seal: a JWS with detached content (RFC 7515, appendix F) over the canonical form of all of a document but
 * the seal itself.
 */
final class Seal {

    private static final String TYPE = "consent-evidence+jws";
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");

    /** The content in base64url, and what is around it. */
    private static final int LONGEST_JWS = 2 * SmallFile.MOST_BYTES;

    /** What is wrong with it; empty where nothing is. */
    static Optional<String> flaw(Document document, SealKey key) {
        String seal = document.at("/seal").textValue();
        int gap = seal.indexOf("..");
        Optional<CompactJws> jws = gap < 0
                ? Optional.empty()
                : CompactJws.parse(
                        seal.substring(0, gap + 1) + content(document) + seal.substring(gap + 1), LONGEST_JWS);
        if (jws.isEmpty()) {
            return Optional.of("The seal is no JWS with detached content.");
        }
        return flaw(jws.get(), key);
    }

    private static Optional<String> flaw(CompactJws jws, SealKey key) {
        ObjectNode header = jws.header();
        Set<String> names = new HashSet<>();
        header.fieldNames().forEachRemaining(names::add);
        if (!names.equals(HEADER) || !header.path("typ").asText().equals(TYPE)) {
            return Optional.of("The header of the seal is not that of a seal.");
        }
        if (!header.path("kid").asText().equals(key.id())) {
            return Optional.of("The seal is by another key than sealKey.");
        }
        return key.verifies(header.path("alg").asText(), jws.signed(), jws.signature())
                ? Optional.empty()
                : Optional.of("The seal is broken: what is in the file is not what was sealed.");
    }

    private static String content(Document document) {
        ObjectNode sealed = document.json().deepCopy();
        sealed.remove("seal");
        return Base64Url.encode(CanonicalJson.of(sealed).getBytes(StandardCharsets.UTF_8));
    }

    private Seal() {}
}
