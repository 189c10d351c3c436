package io.assent.push.fcm;

import com.google.api.client.http.LowLevelHttpResponse;
import io.assent.outbox.http.RetryAfter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An answer, complete, as the SDK reads it. */
final class FcmResponse extends LowLevelHttpResponse {

    private final HttpResponse<byte[]> response;
    private final List<Map.Entry<String, String>> headers;

    FcmResponse(HttpResponse<byte[]> response) {
        this.response = response;
        this.headers = response.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                .toList();
    }

    FcmRefusal refusal() {
        return new FcmRefusal(
                response.statusCode(),
                RetryAfter.parse(header(RetryAfter.HEADER), Instant.now()),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    private String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(response.body());
    }

    @Override
    public String getContentEncoding() {
        return header("Content-Encoding");
    }

    @Override
    public long getContentLength() {
        return response.body().length;
    }

    @Override
    public String getContentType() {
        return header("Content-Type");
    }

    @Override
    public String getStatusLine() {
        return "HTTP/1.1 " + response.statusCode();
    }

    @Override
    public int getStatusCode() {
        return response.statusCode();
    }

    /** The JDK's client does not tell. */
    @Override
    public String getReasonPhrase() {
        return null;
    }

    @Override
    public int getHeaderCount() {
        return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
        return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
        return headers.get(index).getValue();
    }
}
