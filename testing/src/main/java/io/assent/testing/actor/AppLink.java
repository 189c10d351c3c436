package io.assent.testing.actor;

import java.net.URI;

/** The link into the bank's app that a page shows, as a QR code too: {@code …/consent/v1/links/{secret}}. */
public record AppLink(URI uri) {

    private static final String PATH = "/consent/v1/links/";

    public AppLink {
        if (!uri.getPath().contains(PATH)) {
            throw new AssertionError("no link into the app: " + uri);
        }
    }

    public static AppLink of(String uri) {
        return new AppLink(URI.create(uri));
    }

    public String secret() {
        String path = uri.getPath();
        return path.substring(path.indexOf(PATH) + PATH.length());
    }

    /** Shows no secret where a test fails in a log that many read. */
    @Override
    public String toString() {
        return "AppLink of " + uri.getHost();
    }
}
