package io.assent.account;

import io.assent.api.PublicApi;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Knows the accounts that a customer has at the bank. A bank writes its own, or uses {@code http}.
 *
 * <p>Called while a customer reads or answers a request, in the server's thread: it answers within seconds or not at
 * all. It logs what the operator has to mend, and nothing about the customer.
 */
@PublicApi
public interface AccountSource extends Provider {

    /**
     * As they are now: an answer is measured by them.
     *
     * @return {@link AccountList.Known} or {@link AccountList.Unavailable}, and never an exception
     */
    AccountList accounts(UserModel customer);

    /**
     * To show to the customer, who reads them again and again while thinking: at most five minutes old.
     *
     * @return as {@link #accounts}
     */
    default AccountList recent(UserModel customer) {
        return accounts(customer);
    }

    @Override
    default void close() {}
}
