package io.assent.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.account.DeviceRepresentation;

/**
 * Where a login was started, as its browser says.
 *
 * @param address the browser's address as the server sees it, behind a proxy that is trusted; or {@code null}
 * @param browser one of {@code Chrome}, {@code Edge}, {@code Firefox}, {@code Safari}, {@code other}
 * @param system one of {@code Android}, {@code iOS}, {@code Linux}, {@code macOS}, {@code Windows}, {@code other}; an
 *     iPad calls itself {@code macOS}
 * @param domain the host to which the login goes on, in lower case; or {@code null} where it goes to an app
 */
public record Origin(String address, String browser, String system, String domain) {

    /** As long as the server's parser reads; it would log each one that is longer. */
    private static final int MAX_USER_AGENT = 512;

    /** As DNS has it; what is longer is nobody's. */
    private static final int MAX_DOMAIN = 253;

    /** Of the call that the session is for. @param redirectUri the client's */
    public static Origin of(KeycloakSession session, String redirectUri) {
        Optional<DeviceRepresentation> device = device(session);
        return new Origin(
                session.getContext().getConnection().getRemoteHost(),
                device.map(DeviceRepresentation::getBrowser).map(Families::browser).orElse(Families.OTHER),
                device.map(DeviceRepresentation::getOs).map(Families::system).orElse(Families.OTHER),
                domain(redirectUri).orElse(null));
    }

    private static Optional<DeviceRepresentation> device(KeycloakSession session) {
        String userAgent = session.getContext().getRequestHeaders().getHeaderString("User-Agent");
        return userAgent == null || userAgent.length() > MAX_USER_AGENT
                ? Optional.empty()
                : Optional.ofNullable(session.getProvider(DeviceRepresentationProvider.class))
                        .map(DeviceRepresentationProvider::deviceRepresentation);
    }

    static Optional<String> domain(String redirectUri) {
        try {
            return redirectUri == null
                    ? Optional.empty()
                    : Optional.ofNullable(new URI(redirectUri).getHost())
                            .filter(host -> host.length() <= MAX_DOMAIN)
                            .map(host -> host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }
}
