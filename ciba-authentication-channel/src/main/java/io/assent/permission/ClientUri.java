package io.assent.permission;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of the URIs that a client gave of itself are safe to show to a customer. */
public final class ClientUri {

    private static final Pattern IMAGE = Pattern.compile("image/(png|jpeg|gif|webp);base64,");

    /** A page: {@code https}, or {@code http} on the customer's own machine. */
    public static Optional<String> page(String value) {
        return parse(value).filter(ClientUri::isSafe).map(URI::toString);
    }

    /** An image: like a {@link #page}, or one of pixels in a {@code data:} URI (RFC 2397). */
    static Optional<String> image(String value) {
        return parse(value).filter(uri -> isSafe(uri) || isImage(uri)).map(URI::toString);
    }

    private static Optional<URI> parse(String value) {
        try {
            return value == null ? Optional.empty() : Optional.of(new URI(value.trim()));
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static boolean isSafe(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme()) && isThisMachine(uri.getHost());
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static boolean isImage(URI uri) {
        return "data".equalsIgnoreCase(uri.getScheme())
                && IMAGE.matcher(uri.getRawSchemeSpecificPart()).lookingAt();
    }

    private ClientUri() {}
}
