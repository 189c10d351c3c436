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
                name(client, texts),
                ClientUri.image(client.getAttribute(ClientModel.LOGO_URI)).orElse(null),
                ClientUri.page(client.getAttribute(ClientModel.POLICY_URI)).orElse(null),
                ClientUri.page(client.getAttribute(ClientModel.TOS_URI)).orElse(null));
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
}
