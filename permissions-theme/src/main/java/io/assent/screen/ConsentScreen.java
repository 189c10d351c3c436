package io.assent.screen;

import io.assent.detail.ShownDetail;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.screen.AccountQuestion.Kind;
import io.assent.screen.partner.PartnerQuestion;
import io.assent.text.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What a consent page shows, as its template reads it under the name {@value #ATTRIBUTE}.
 *
 * @param client who asks
 * @param about what the admin wrote about the client itself for the consent screen, or {@code null}
 * @param wording what the page calls what is asked for
 * @param details the authorization details that are asked for
 * @param selectable whether the customer may grant a part of the permissions
 * @param groups the permissions that are asked for
 * @param granted what the client was granted before and is not asked for again
 * @param selected the names of the permissions that are ticked when the page opens
 * @param passkey how an approval is signed, or {@code null} where it is not
 * @param partner the other way round, or {@code null} where there is none
 */
public record ConsentScreen(
        RequestingClient client,
        String about,
        Wording wording,
        List<AskedDetail> details,
        boolean selectable,
        List<PermissionGroup> groups,
        List<PermissionGroup> granted,
        Set<String> selected,
        PasskeyQuestion passkey,
        PartnerQuestion partner) {

    static final String ATTRIBUTE = "consent";

    public ConsentScreen {
        details = List.copyOf(details);
        groups = List.copyOf(groups);
        granted = List.copyOf(granted);
        selected = Set.copyOf(selected);
    }

    /** @param chosen what the customer had ticked, when a page is shown again */
    static ConsentScreen of(
            KeycloakSession session,
            PermissionCatalogue permissions,
            ClientModel client,
            UserModel user,
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
                Wording.usual(),
                List.of(),
                open.selectable(),
                permissions.groups(client, open, user, texts),
                permissions.groups(client, granted, user, texts),
                selected,
                null,
                null);
    }

    /**
     * The same with authorization details.
     *
     * @param whole whether they say what the whole request is for
     * @param chosen the ids of the accounts that the customer had chosen, by the place of their detail
     */
    ConsentScreen with(List<ShownDetail> shown, boolean whole, Map<Integer, Set<String>> chosen, Texts texts) {
        return new ConsentScreen(
                client,
                about,
                Wording.of(shown, !whole && !groups.isEmpty(), texts),
                AskedDetail.of(shown, chosen),
                selectable,
                groups,
                granted,
                selected,
                passkey,
                partner);
    }

    /** The same where an approval is signed. */
    ConsentScreen signedBy(PasskeyQuestion signing) {
        return new ConsentScreen(
                client, about, wording, details, selectable, groups, granted, selected, signing, partner);
    }

    /** The same where the bank may see something at the client. */
    ConsentScreen withOtherWay(PartnerQuestion other) {
        return new ConsentScreen(
                client, about, wording, details, selectable, groups, granted, selected, passkey, other);
    }

    /** Whether a detail is about accounts of which the customer has none, so that all that is left is the way back. */
    public boolean hasNoAccount() {
        return asksFor(Kind.NONE);
    }

    /** Whether nothing can be granted as long as the bank's system does not say which accounts there are. */
    public boolean accountsUnavailable() {
        return asksFor(Kind.UNAVAILABLE);
    }

    /** Whether an approval can be given here, and is signed. */
    public boolean signs() {
        return passkey != null && !hasNoAccount() && !accountsUnavailable();
    }

    private boolean asksFor(Kind kind) {
        return details.stream()
                .map(AskedDetail::accounts)
                .anyMatch(accounts -> accounts != null && accounts.kind() == kind);
    }

    /** The same for a stock page that asks for the client itself: by its text, or else by its name. */
    ConsentScreen withTextOf(ClientModel asked, Texts texts) {
        return new ConsentScreen(
                client, text(asked, texts), wording, details, selectable, groups, granted, selected, passkey, partner);
    }

    private static String text(ClientModel client, Texts texts) {
        String text = client.getConsentScreenText();
        return Texts.key(text)
                .map(key -> texts.expect(key).orElse(client.getClientId()))
                .orElse(text);
    }
}
