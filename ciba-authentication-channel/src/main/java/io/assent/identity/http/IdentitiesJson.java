package io.assent.identity.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.identity.VerifiedIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the bank's endpoint answers: {@code {"identities": [{"verification": {"trust_framework": …}, "claims": {…}}]}},
 * one for each trust framework. It is right as a whole, or not taken at all.
 */
final class IdentitiesJson {

    static final int MOST = 20;

    private static final int LONGEST_NAME = 100;

    /** What was read. */
    sealed interface Reading {

        record Read(List<VerifiedIdentity> identities) implements Reading {}

        /** @param what is wrong with it, without anything of it */
        record Flaw(String what) implements Reading {}
    }

    static Reading read(JsonNode answer) {
        JsonNode identities = answer.path("identities");
        if (!identities.isArray()) {
            return new Reading.Flaw("the answer has no list 'identities'");
        }
        if (identities.size() > MOST) {
            return new Reading.Flaw("there are more than " + MOST + " identities");
        }
        List<VerifiedIdentity> read = new ArrayList<>();
        Set<String> frameworks = new HashSet<>();
        for (JsonNode item : identities) {
            if (!(item.path("verification") instanceof ObjectNode verification)
                    || !isName(verification.path(VerifiedIdentity.TRUST_FRAMEWORK))
                    || !(item.path("claims") instanceof ObjectNode claims)) {
                return new Reading.Flaw(
                        "identities[%d] lacks verification with a trust_framework, or claims".formatted(read.size()));
            }
            if (!frameworks.add(
                    verification.path(VerifiedIdentity.TRUST_FRAMEWORK).textValue())) {
                return new Reading.Flaw(
                        "the trust_framework of identities[%d] was there before".formatted(read.size()));
            }
            read.add(new VerifiedIdentity(verification, claims));
        }
        return new Reading.Read(List.copyOf(read));
    }

    private static boolean isName(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= LONGEST_NAME;
    }

    private IdentitiesJson() {}
}
