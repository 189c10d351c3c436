package io.assent.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JWS in compact form (RFC 7515, section 7.1) whose payload is a JSON object. There is one way to write it: base64url
 * without padding and without stray bits, JSON in UTF-8 in which no name is there twice. Nothing of it is believed yet.
 */
public record CompactJws(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads one.
     *
     * @param maxLength the longest one that is read, in characters
     * @return empty where it is none
     */
    public static Optional<CompactJws> parse(String compact, int maxLength) {
        String[] parts = compact.length() > maxLength ? new String[0] : compact.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        Optional<ObjectNode> header = Base64Url.decode(parts[0]).flatMap(CompactJws::object);
        Optional<ObjectNode> claims = Base64Url.decode(parts[1]).flatMap(CompactJws::object);
        Optional<byte[]> signature = Base64Url.decode(parts[2]).filter(one -> one.length > 0);
        return header.isEmpty() || claims.isEmpty() || signature.isEmpty()
                ? Optional.empty()
                : Optional.of(new CompactJws(
                        header.get(),
                        claims.get(),
                        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                        signature.get()));
    }

    private static Optional<ObjectNode> object(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            JsonNode read = JSON.readTree(text);
            return read instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (CharacterCodingException | JsonProcessingException notOne) {
            return Optional.empty();
        }
    }
}
