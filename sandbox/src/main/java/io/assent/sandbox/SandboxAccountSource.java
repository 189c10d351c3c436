package io.assent.sandbox;

import io.assent.account.AccountList;
import io.assent.account.AccountSource;
import io.assent.sandbox.bank.BankAccount;
import io.assent.sandbox.bank.BankEvents;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The accounts that the sandbox makes up, where the sandbox is on. */
record SandboxAccountSource(RealmModel realm) implements AccountSource {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(SandboxAccountSource.class));

    @Override
    public AccountList accounts(UserModel customer) {
        if (!Sandbox.enabledIn(realm)) {
            LOG.error(
                    realm.getName(),
                    "Realm '%s' takes accounts from the sandbox, which is off there. Set another 'Account source' of the required action 'consent-permissions', or turn the sandbox on."
                            .formatted(realm.getName()));
            return new AccountList.Unavailable();
        }
        return new AccountList.Known(new BankEvents(customer)
                .openAccounts().stream().map(BankAccount::shown).toList());
    }
}
