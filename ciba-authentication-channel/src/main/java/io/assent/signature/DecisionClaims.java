package io.assent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The claims of a {@link SignedDecision}, each in its form. */
record DecisionClaims(
        String issuer,
        String audience,
        String subject,
        long issuedAt,
        long expiresAt,
        String request,
        String decision,
        List<String> scopes,
        String detailsHash,
        String contentHash,
        String challenge,
        List<String> methods) {

    private static final int MOST_METHODS = 10;

    private static final Set<String> NAMES =
            Set.of("iss", "aud", "sub", "iat", "exp", "req", "dec", "grt", "dsp", "chl", "amr");
    private static final Set<String> TEXTS = Set.of("iss", "aud", "sub", "req", "dec", "dsp", "chl");
    private static final Set<String> TIMES = Set.of("iat", "exp");
    private static final Set<String> OF_GRANT = Set.of("scopes", "details_hash");

    /** Empty where one is missing, in another form, or not one of a decision's. */
    static Optional<DecisionClaims> of(JsonNode claims) {
        JsonNode grant = claims.path("grt");
        JsonNode methods = claims.path("amr");
        boolean wellFormed = names(claims).equals(NAMES)
                && TEXTS.stream().allMatch(name -> claims.path(name).isTextual())
                && TIMES.stream().allMatch(name -> isTime(claims.path(name)))
                && grant.isObject()
                && names(grant).equals(OF_GRANT)
                && grant.path("details_hash").isTextual()
                && isListOfTexts(grant.path("scopes"))
                && isListOfTexts(methods)
                && !methods.isEmpty()
                && methods.size() <= MOST_METHODS;
        return wellFormed
                ? Optional.of(new DecisionClaims(
                        claims.path("iss").textValue(),
                        claims.path("aud").textValue(),
                        claims.path("sub").textValue(),
                        claims.path("iat").longValue(),
                        claims.path("exp").longValue(),
                        claims.path("req").textValue(),
                        claims.path("dec").textValue(),
                        texts(grant.path("scopes")),
                        grant.path("details_hash").textValue(),
                        claims.path("dsp").textValue(),
                        claims.path("chl").textValue(),
                        texts(methods)))
                : Optional.empty();
    }

    private static boolean isTime(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static boolean isListOfTexts(JsonNode list) {
        Set<String> seen = new HashSet<>();
        boolean texts = list.isArray();
        for (JsonNode item : list) {
            texts &= item.isTextual() && seen.add(item.textValue());
        }
        return texts;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.textValue()));
        return List.copyOf(texts);
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
