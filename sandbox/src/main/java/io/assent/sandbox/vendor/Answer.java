package io.assent.sandbox.vendor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fake vendor answers. */
record Answer(int status, Map<String, String> headers, String body) {

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    Answer retryAfter(Duration wait) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Retry-After", String.valueOf(wait.toSeconds()));
        return new Answer(status, more, body);
    }
}
