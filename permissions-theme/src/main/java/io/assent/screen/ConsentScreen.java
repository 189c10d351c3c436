package io.assent.screen;

import io.assent.permission.PermissionCatalogue;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.text.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * What a consent page shows, as its template reads it under the name {@value #ATTRIBUTE}.
 *
 * @param client who asks
 * @param about what the admin wrote about the client itself for the consent screen, or {@code null}
 * @param selectable whether the customer may grant a part
 * @param groups what is asked for
 * @param granted what the client was granted before and is not asked for again
 * @param selected the names of the permissions that are ticked when the page opens
 */
public record ConsentScreen(
        RequestingClient client,
        String about,
        boolean selectable,
        List<PermissionGroup> groups,
        List<PermissionGroup> granted,
        Set<String> selected) {

    static final String ATTRIBUTE = "consent";

    public ConsentScreen {
        groups = List.copyOf(groups);
        granted = List.copyOf(granted);
        selected = Set.copyOf(selected);
    }

    /** @param chosen what the customer had ticked, when a page is shown again */
    static ConsentScreen of(
            KeycloakSession session,
            PermissionCatalogue permissions,
            ClientModel client,
            RequestedPermissions open,
            RequestedPermissions granted,
            Set<String> chosen,
            Texts texts) {
        Set<String> selected = new LinkedHashSet<>(chosen);
        selected.retainAll(open.asked());
        selected.addAll(open.required());
        return new ConsentScreen(
                RequestingClient.of(session, client, texts),
                client.isDisplayOnConsentScreen() ? text(client, texts) : null,
                open.selectable(),
                permissions.groups(client, open, texts),
                permissions.groups(client, granted, texts),
                selected);
    }

    /** The same for a stock page that asks for the client itself: by its text, or else by its name. */
    ConsentScreen withTextOf(ClientModel asked, Texts texts) {
        return new ConsentScreen(client, text(asked, texts), selectable, groups, granted, selected);
    }

    private static String text(ClientModel client, Texts texts) {
        String text = client.getConsentScreenText();
        return Texts.key(text)
                .map(key -> texts.expect(key).orElse(client.getClientId()))
                .orElse(text);
    }
}
