package io.assent.account.http;

import io.assent.account.AccountList;
import io.assent.account.http.AccountsJson.Reading;
import io.assent.bank.Endpoint;
import io.assent.bank.EndpointOptions;
import io.assent.bank.Reply;
import io.assent.server.OperatorLog;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What the endpoint says of customers, now or of late. Where it says nothing, the operator is told why. */
record EndpointAccounts(HttpOptions options, Endpoint endpoint, RecentAccounts kept) {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(EndpointAccounts.class));

    AccountList now(Whose whose) {
        Optional<URI> address =
                whose.customer().flatMap(customer -> options.address().of(whose.realm(), customer));
        if (address.isEmpty()) {
            return unavailable(
                    whose,
                    "a customer has no value of '%s', or several, or one that can't be in the address: set it, or set %s to another"
                            .formatted(options.endpoint().customer().name(), EndpointOptions.CUSTOMER_ATTRIBUTE));
        }
        Reply reply = endpoint.ask(HttpRequest.newBuilder(address.get()));
        if (reply instanceof Reply.None none) {
            return unavailable(whose, none.why());
        }
        Reading reading = AccountsJson.read(((Reply.Answered) reply).json());
        if (reading instanceof Reading.Read read) {
            kept.keep(whose, read.accounts());
            return new AccountList.Known(read.accounts());
        }
        return unavailable(whose, ((Reading.Flaw) reading).what());
    }

    AccountList recent(Whose whose) {
        return kept.find(whose).<AccountList>map(AccountList.Known::new).orElseGet(() -> now(whose));
    }

    private AccountList unavailable(Whose whose, String what) {
        LOG.error(
                whose.realm() + ' ' + what,
                "Customers of realm '%s' can't choose accounts, as the account source '%s' has no answer: %s. See --spi-account-source--%s--%s."
                        .formatted(
                                whose.realm(),
                                HttpAccountSourceFactory.ID,
                                what,
                                HttpAccountSourceFactory.ID,
                                EndpointOptions.ADDRESS));
        return new AccountList.Unavailable();
    }
}
