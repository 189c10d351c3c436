package io.assent.push.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.assent.trace.TracePlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * How the SDK reaches the outside: over the JDK's client, which can end a whole exchange in time, and not only, as
 * {@link java.net.HttpURLConnection} does, a single read of it.
 */
final class FcmTransport extends HttpTransport {

    static final String FCM = "fcm.googleapis.com";

    private final Optional<URI> endpoint;
    private final Duration timeout;
    private final ExecutorService threads;
    private final HttpClient client;

    FcmTransport(FcmConfig config, ThreadFactory threads) {
        this.endpoint = config.endpoint();
        this.timeout = config.timeouts().total();
        this.threads = Executors.newCachedThreadPool(threads);
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(config.timeouts().connect())
                .executor(this.threads)
                .build();
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        URI target = URI.create(url);
        boolean toFcm = FCM.equals(target.getHost());
        return new Request(method, toFcm ? redirected(target) : target, toFcm);
    }

    /** The SDK knows one address of FCM and no setting for it. */
    private URI redirected(URI target) {
        return endpoint.map(base -> URI.create(base.toString().replaceFirst("/$", "") + target.getRawPath()))
                .orElse(target);
    }

    @Override
    public void shutdown() {
        threads.shutdownNow();
    }

    private final class Request extends LowLevelHttpRequest {

        private final String method;
        private final boolean toFcm;
        private final HttpRequest.Builder builder;

        Request(String method, URI target, boolean toFcm) {
            this.method = method;
            this.toFcm = toFcm;
            this.builder = HttpRequest.newBuilder(target);
        }

        @Override
        public void addHeader(String name, String value) {
            builder.header(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getContentType() != null) {
                builder.header("Content-Type", getContentType());
            }
            if (getContentEncoding() != null) {
                builder.header("Content-Encoding", getContentEncoding());
            }
            TracePlace.current().ifPresent(place -> builder.header(TracePlace.HEADER, place.traceparent()));
            FcmResponse response = new FcmExchange(client, timeout)
                    .make(builder.method(method, body()).build());
            if (toFcm && response.getStatusCode() / 100 != 2) {
                throw response.refusal();
            }
            return response;
        }

        private BodyPublisher body() throws IOException {
            // named by no type: the one that the SDK declares is deprecated
            var content = getStreamingContent();
            if (content == null) {
                return BodyPublishers.noBody();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(bytes);
            return BodyPublishers.ofByteArray(bytes.toByteArray());
        }
    }
}
