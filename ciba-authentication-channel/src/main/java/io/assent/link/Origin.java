package io.assent.link;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.account.DeviceRepresentation;

/**
 * Where a login began, as the customer is shown it in the app.
 *
 * @param address of the browser, as the server sees it behind its proxies; or {@code null}. Personal data.
 * @param browser a family: {@code Firefox}, {@code Chrome}, {@code Safari}, {@code Edge}, or {@value #OTHER}
 * @param system a family: {@code Windows}, {@code macOS}, {@code Linux}, {@code Android}, {@code iOS}, or
 *     {@value #OTHER}
 * @param domain the host to which the browser is sent back, at most {@value #MAX_DOMAIN} characters; empty where the
 *     client gets its answer at no host, as an app with a scheme of its own: what stands there at the place of a host
 *     is nobody's
 */
public record Origin(String address, String browser, String system, String domain) {

    public static final String OTHER = "other";

    /** Of a host's name (RFC 1035, section 2.3.4). */
    public static final int MAX_DOMAIN = 255;

    /** An IPv6 address with its zone is shorter. */
    private static final int MAX_ADDRESS = 64;

    /** In characters: the server logs each that is longer. */
    private static final int LONGEST_AGENT = 512;

    /** As the server's own parser names what it finds; what names another one in its own comes first. */
    private static final List<String> BROWSERS = List.of("Edge", "Firefox", "Chrome", "Safari");

    public Origin {
        address = address == null || address.length() > MAX_ADDRESS ? null : address;
        domain = domain.length() > MAX_DOMAIN ? "" : domain;
    }

    /**
     * That of the call that is served.
     *
     * @param redirectUri of the login
     */
    public static Origin of(KeycloakSession session, String redirectUri) {
        Optional<DeviceRepresentation> device = Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.USER_AGENT))
                .filter(agent -> agent.length() <= LONGEST_AGENT)
                .map(agent ->
                        session.getProvider(DeviceRepresentationProvider.class).deviceRepresentation());
        return new Origin(
                session.getContext().getConnection().getRemoteHost(),
                device.map(DeviceRepresentation::getBrowser)
                        .map(Origin::browser)
                        .orElse(OTHER),
                device.map(DeviceRepresentation::getOs).map(Origin::system).orElse(OTHER),
                domain(redirectUri));
    }

    static String browser(String named) {
        return BROWSERS.stream().filter(named::contains).findFirst().orElse(OTHER);
    }

    static String system(String named) {
        return switch (named) {
            case "Windows", "Linux", "Android", "iOS" -> named;
            case "Mac OS X", "macOS" -> "macOS";
            case "Ubuntu", "Fedora", "Debian" -> "Linux";
            default -> OTHER;
        };
    }

    static String domain(String redirectUri) {
        try {
            return Optional.of(URI.create(redirectUri))
                    .filter(uri ->
                            "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    .map(URI::getHost)
                    .orElse("");
        } catch (IllegalArgumentException notOne) {
            return "";
        }
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "Origin[" + browser + ", " + system + ", " + domain + "]";
    }
}
