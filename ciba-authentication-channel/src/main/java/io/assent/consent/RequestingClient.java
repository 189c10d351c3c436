package io.assent.consent;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;

/**
 * Who asks, as the admin described the client in the console. A client may have registered itself, so that a URI is
 * only kept where it is safe to open: {@code https}, or {@code http} to the customer's own machine.
 *
 * @param name its name, or its {@code client_id} where it has none
 * @param logoUri its logo, which may also be an image in a {@code data:} URI, or {@code null}
 * @param policyUri its privacy policy, or {@code null}
 * @param tosUri its terms of service, or {@code null}
 */
public record RequestingClient(String clientId, String name, String logoUri, String policyUri, String tosUri) {

    public static RequestingClient of(ClientModel client, Texts texts) {
        return new RequestingClient(
                client.getClientId(),
                name(client, texts),
                uri(client, ClientModel.LOGO_URI, logo -> isSafe(logo) || isImage(logo)),
                uri(client, ClientModel.POLICY_URI, RequestingClient::isSafe),
                uri(client, ClientModel.TOS_URI, RequestingClient::isSafe));
    }

    private static String name(ClientModel client, Texts texts) {
        String name = client.getName();
        if (name == null || name.isBlank()) {
            return client.getClientId();
        }
        return Texts.key(name)
                .map(key -> texts.find(key).orElse(client.getClientId()))
                .orElse(name);
    }

    private static String uri(ClientModel client, String attribute, Predicate<URI> allowed) {
        String value = client.getAttribute(attribute);
        try {
            return value != null && allowed.test(new URI(value.trim())) ? value.trim() : null;
        } catch (URISyntaxException notAUri) {
            return null;
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
                && uri.getRawSchemeSpecificPart().startsWith("image/");
    }
}
