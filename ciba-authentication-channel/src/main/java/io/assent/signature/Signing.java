package io.assent.signature;

import io.assent.detail.Details;
import io.assent.rules.SignatureDemand;
import io.assent.server.Parties;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Says what a yes has to be signed with, and whether it is. */
public interface Signing {

    /** That of {@link Signatures}, which are looked up where they are asked: most calls are no approvals. */
    static Signing of(KeycloakSession session) {
        return new Signing() {
            @Override
            public SignatureDemand demand(Parties parties, Set<String> permissions, Details details) {
                return Signatures.of(session).demand(parties, permissions, details);
            }

            @Override
            public SignatureVerdict check(
                    Approval approval, SignatureDemand demand, Optional<DecisionSignature> signature) {
                return Signatures.of(session).check(approval, demand, signature);
            }
        };
    }

    /** As {@link Signatures#demand}. */
    SignatureDemand demand(Parties parties, Set<String> permissions, Details details);

    /** As {@link Signatures#check}. */
    SignatureVerdict check(Approval approval, SignatureDemand demand, Optional<DecisionSignature> signature);
}
