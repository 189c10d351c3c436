package io.assent.partner.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * What a partner answered.
 *
 * @param retryAfter the header {@code Retry-After} as it was sent, or {@code null}
 */
public record PartnerAnswer(int status, String body, String retryAfter) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int BAD_REQUEST = 400;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the partner refused the request for this reason (RFC 6749, section 5.2). */
    public boolean saysError(String code) {
        return status == BAD_REQUEST && error().equals(Optional.of(code));
    }

    private Optional<String> error() {
        try {
            return Optional.ofNullable(MAPPER.readTree(body))
                    .map(json -> json.path("error").textValue());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
