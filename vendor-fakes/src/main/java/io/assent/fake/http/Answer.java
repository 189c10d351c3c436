package io.assent.fake.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fake vendor answers. */
public record Answer(int status, Map<String, String> headers, String body) {

    public static Answer of(int status, String contentType, String body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    public Answer retryAfter(Duration wait) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Retry-After", String.valueOf(wait.toSeconds()));
        return new Answer(status, more, body);
    }
}
