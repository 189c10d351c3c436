package io.assent.rest.app;

import io.assent.account.AccountList;
import io.assent.account.Accounts;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.detail.ShownDetail;
import io.assent.evidence.Circumstances.Question;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.rest.Caller;
import io.assent.text.Texts;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * What a customer is shown in one call, in its language. What an app gets and what is kept with an answer both come
 * from here, so that they are the same.
 */
final class Display {

    private final KeycloakSession session;
    private final Caller caller;
    private final Texts texts;
    private final PermissionCatalogue catalogue;
    private final DetailTypes types;
    private Optional<AccountList> found = Optional.empty();

    Display(KeycloakSession session, Caller caller) {
        this.session = session;
        this.caller = caller;
        this.texts = CustomersTexts.of(session, caller);
        this.catalogue = new PermissionCatalogue(session);
        this.types = DetailTypes.of(session);
    }

    /** @return empty where the client is gone */
    Optional<Shown> of(Question question) {
        return Optional.ofNullable(caller.realm().getClientById(question.clientId()))
                .map(client -> shown(question, client(client), groups(client, question.permissions())));
    }

    /** A question of a client that is gone: by the names of what it asked for. */
    Shown gone(Question question, String clientId, String name) {
        return shown(question, gone(clientId, name), catalogue.groups(question.permissions(), texts));
    }

    RequestingClient client(ClientModel client) {
        return RequestingClient.of(session, client, texts);
    }

    RequestingClient gone(String clientId, String name) {
        return RequestingClient.gone(caller.realm(), clientId, name, texts);
    }

    /** @param client {@code null} where it is gone */
    List<PermissionGroup> groups(ClientModel client, RequestedPermissions permissions) {
        return client == null
                ? catalogue.groups(permissions, texts)
                : catalogue.groups(client, permissions, caller.user(), texts);
    }

    private Shown shown(Question question, RequestingClient client, List<PermissionGroup> groups) {
        List<ShownDetail> details = details(question.details());
        ShownText text = ShownText.of(client, groups, texts.language());
        return new Shown(
                texts.language(), client, groups, details, ShownContent.of(text, details, question.bindingMessage()));
    }

    /** In the language of the call. */
    Texts texts() {
        return texts;
    }

    /** Without the names of accounts: nobody is asked for them. */
    List<ShownDetail> details(Details details) {
        return types.shown(details, texts, AccountList.Unset::new);
    }

    /** With the customer's accounts, as they were not long ago. */
    List<ShownDetail> withAccounts(Details details) {
        return types.shown(details, texts, this::accounts);
    }

    /** Looked up once. */
    private AccountList accounts() {
        AccountList accounts = found.orElseGet(() -> Accounts.of(session).toShow(caller.realm(), caller.user()));
        found = Optional.of(accounts);
        return accounts;
    }

    /**
     * A question in words.
     *
     * @param language the language tag of the words
     * @param content all of it, as it is kept with an answer
     */
    record Shown(
            String language,
            RequestingClient client,
            List<PermissionGroup> groups,
            List<ShownDetail> details,
            ShownContent content) {}
}
