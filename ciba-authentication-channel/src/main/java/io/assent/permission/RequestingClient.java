package io.assent.permission;

import io.assent.text.Texts;
import org.keycloak.models.ClientModel;

/**
 * Who asks, as the admin described the client in the console. A client may have registered itself, so that a URI is
 * only here where it is safe to open: {@code https}, or {@code http} on the customer's own machine.
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
                name(client.getClientId(), client.getName(), texts),
                ClientUri.image(client.getAttribute(ClientModel.LOGO_URI)).orElse(null),
                ClientUri.page(client.getAttribute(ClientModel.POLICY_URI)).orElse(null),
                ClientUri.page(client.getAttribute(ClientModel.TOS_URI)).orElse(null));
    }

    /**
     * A client that is gone, as it was called before. It has no page any more.
     *
     * @param name its name, or {@code null} where it had none
     */
    public static RequestingClient gone(String clientId, String name, Texts texts) {
        return new RequestingClient(clientId, name(clientId, name, texts), null, null, null);
    }

    private static String name(String clientId, String name, Texts texts) {
        if (name == null || name.isBlank()) {
            return clientId;
        }
        return Texts.key(name).map(key -> texts.find(key).orElse(clientId)).orElse(name);
    }
}
