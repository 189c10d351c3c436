package io.assent.probe;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.account.AccountSource;
import java.util.List;
import org.keycloak.models.UserModel;

/**
 * The accounts that are in the user's attribute {@value #ATTRIBUTE}, as {@code id|name|masked number}. Where one is
 * {@value #DOWN}, they are not known.
 */
final class AttributeAccounts implements AccountSource {

    static final String ATTRIBUTE = "accounts";
    static final String DOWN = "down";

    @Override
    public AccountList accounts(UserModel customer) {
        List<String> values = customer.getAttributeStream(ATTRIBUTE).toList();
        return values.contains(DOWN)
                ? new AccountList.Unavailable()
                : new AccountList.Known(
                        values.stream().map(AttributeAccounts::account).toList());
    }

    private static Account account(String value) {
        String[] parts = value.split("\\|", 3);
        return new Account(parts[0], parts[1], "current", parts[2], "EUR");
    }
}
