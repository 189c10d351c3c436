package io.assent.detail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import io.assent.text.Unseen;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * JSON as details have it: I-JSON (RFC 7493) of bounded size and depth, whose meaning no two readers see differently.
 */
final class DetailJson {

    static final String TYPE = "type";

    private static final int DEEPEST = 8;

    /** Above that a whole number is not the same to every reader. */
    private static final int MOST_BITS = 53;

    /** Of a number with a fraction: as many as every reader gives back (IEEE 754). */
    private static final int MOST_DIGITS = 15;

    private static final Set<Integer> DIRECTION =
            Set.of(0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069);

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST + 1)
                            .maxDocumentLength(Details.MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonMapper UNAMBIGUOUS = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper LENIENT = new JsonMapper();

    /**
     * As it is kept, so that what is checked is what is granted.
     *
     * @return empty where it is no JSON that details can be
     */
    static Optional<JsonNode> read(String sent) {
        if (sent.getBytes(StandardCharsets.UTF_8).length > Details.MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(STRICT.readTree(sent))
                    .filter(DetailJson::isClear)
                    .map(json -> json.isContainerNode() ? kept(CanonicalJson.of(json)) : json);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** @return empty where it is no JSON, or some that two readers may see differently */
    static Optional<JsonNode> unambiguous(String sent) {
        try {
            return Optional.ofNullable(UNAMBIGUOUS.readTree(sent));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isClear(JsonNode node) {
        if (node.isTextual()) {
            return isClear(node.textValue());
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() ? isClear(node.bigIntegerValue()) : isClear(node.decimalValue());
        }
        if (node.isObject()) {
            return node.properties().stream().allMatch(field -> isClear(field.getKey()) && isClear(field.getValue()));
        }
        return StreamSupport.stream(node.spliterator(), false).allMatch(DetailJson::isClear);
    }

    private static boolean isClear(BigInteger whole) {
        return whole.abs().bitLength() <= MOST_BITS;
    }

    private static boolean isClear(BigDecimal fraction) {
        return fraction.precision() <= MOST_DIGITS && Math.abs(fraction.scale()) <= MOST_DIGITS;
    }

    private static boolean isClear(String text) {
        return text.codePoints()
                .noneMatch(character -> DIRECTION.contains(character) || Unseen.isNoCharacter(character));
    }

    static ObjectNode object(String canonical) {
        return (ObjectNode) kept(canonical);
    }

    /** What this class wrote. */
    static JsonNode kept(String canonical) {
        try {
            return LENIENT.readTree(canonical);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DetailJson() {}
}
