package io.assent.account.http;

import io.assent.account.AccountList;
import io.assent.account.AccountSource;
import io.assent.bank.CustomerAttribute;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The endpoint's answers for the customers of a realm. */
record HttpAccountSource(RealmModel realm, CustomerAttribute attribute, EndpointAccounts accounts)
        implements AccountSource {

    @Override
    public AccountList accounts(UserModel customer) {
        return accounts.now(whose(customer));
    }

    @Override
    public AccountList recent(UserModel customer) {
        return accounts.recent(whose(customer));
    }

    private Whose whose(UserModel customer) {
        return new Whose(realm.getId(), realm.getName(), attribute.of(customer));
    }
}
