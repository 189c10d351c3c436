package io.assent.permission;

import io.assent.text.Texts;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Who asks, as the admin described the client in the console. A client may have registered itself, so that a name is
 * only here where it can't deceive, a page where it is safe to open ({@code https}, or {@code http} on the customer's
 * own machine), and a logo as an address of this server: no customer's browser or app calls the client's.
 *
 * @param name its name, or what stands for it: its legal entity, or its {@code client_id}
 * @param legalEntity whom the bank's staff know it to be, or {@code null}
 * @param logoUri where this server has its logo, or {@code null}
 * @param policyUri its privacy policy, or {@code null}
 * @param tosUri its terms of service, or {@code null}
 */
public record RequestingClient(
        String clientId, String name, String legalEntity, String logoUri, String policyUri, String tosUri) {

    /** The client's attribute with its legal entity. No client can write it: see {@code safeguard}. */
    public static final String LEGAL_ENTITY = "consent.legal-entity";

    /** Where a realm serves its clients' logos, each under the client's internal id. */
    public static final String LOGOS = "client-logos";

    public static RequestingClient of(KeycloakSession session, ClientModel client, Texts texts) {
        String legalEntity = Optional.ofNullable(client.getAttribute(LEGAL_ENTITY))
                .map(String::trim)
                .filter(entity -> !entity.isEmpty())
                .orElse(null);
        return new RequestingClient(
                client.getClientId(),
                name(client.getRealm(), client.getClientId(), client.getName(), legalEntity, texts),
                legalEntity,
                logo(client).isPresent() ? logoUri(session, client).toString() : null,
                ClientUri.page(client.getAttribute(ClientModel.POLICY_URI)).orElse(null),
                ClientUri.page(client.getAttribute(ClientModel.TOS_URI)).orElse(null));
    }

    /**
     * A client that is gone, as it was called before. It has no page any more.
     *
     * @param name its name, or {@code null} where it had none
     */
    public static RequestingClient gone(RealmModel realm, String clientId, String name, Texts texts) {
        return new RequestingClient(clientId, name(realm, clientId, name, null, texts), null, null, null, null);
    }

    /** Why customers would not be shown a name, as the end of a sentence about it; empty where they would. */
    public static Optional<String> flawOfName(RealmModel realm, String name) {
        return NameRule.of(realm).flaw(name);
    }

    /** A client's logo as its settings name it: an address, or an image in a {@code data:} URI (RFC 2397). */
    public static Optional<String> logo(ClientModel client) {
        return ClientUri.image(client.getAttribute(ClientModel.LOGO_URI));
    }

    private static URI logoUri(KeycloakSession session, ClientModel client) {
        return session.getContext()
                .getUri()
                .getBaseUriBuilder()
                .path("realms")
                .path(client.getRealm().getName())
                .path(LOGOS)
                .path(client.getId())
                .build();
    }

    private static String name(RealmModel realm, String clientId, String name, String legalEntity, Texts texts) {
        NameRule rule = NameRule.of(realm);
        Supplier<String> standIn = () -> legalEntity == null ? standIn(rule, clientId, texts) : legalEntity;
        if (name == null || name.isBlank()) {
            return standIn.get();
        }
        Optional<String> ownMessage = Texts.key(name).filter(key -> key.equals("client." + clientId));
        if (ownMessage.isPresent()) {
            return ownMessage.flatMap(texts::find).orElseGet(standIn);
        }
        Optional<String> flaw = rule.flaw(name);
        if (flaw.isEmpty()) {
            return name;
        }
        String shown = standIn.get();
        texts.tellAdmin(
                "name of " + clientId,
                "Client '%s' of realm '%s' is not shown to customers by its name, which %s, but as '%s'. Give it another"
                        .formatted(clientId, realm.getName(), flaw.get(), shown));
        return shown;
    }

    /** A client may have chosen its id as well. */
    private static String standIn(NameRule rule, String clientId, Texts texts) {
        return rule.flaw(clientId).isEmpty()
                ? clientId
                : texts.expect("consent.client.nameless").orElse("?");
    }
}
