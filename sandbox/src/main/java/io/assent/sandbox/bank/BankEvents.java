package io.assent.sandbox.bank;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What happened at the bank to one customer. Each event is an attribute of the customer's, so that every node knows it,
 * and two that come at once do not undo each other.
 */
public record BankEvents(UserModel customer) {

    /** As many as one customer has at the most; of calls at once, each may make one more. */
    public static final int MOST = 200;

    /** That a customer has some. */
    private static final String MARK = "sandbox.bank";

    private static final String PREFIX = MARK + '.';

    /** @return it; empty where the customer has as many as there may be */
    public Optional<BankEvent> add(BankEvent event) {
        if (all().count() >= MOST) {
            return Optional.empty();
        }
        customer.setSingleAttribute(MARK, "true");
        customer.setSingleAttribute(PREFIX + event.id(), event.text());
        return Optional.of(event);
    }

    /** The one that was told under an id. */
    public Optional<BankEvent> find(String id) {
        return Optional.ofNullable(customer.getFirstAttribute(PREFIX + id)).flatMap(BankEvent::read);
    }

    private Stream<BankEvent> all() {
        return customer.getAttributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith(PREFIX))
                .flatMap(attribute -> attribute.getValue().stream())
                .flatMap(text -> BankEvent.read(text).stream());
    }

    /** Those of an account, the oldest first. */
    List<BankEvent> of(String account) {
        return all().filter(event -> event.account().equals(account))
                .sorted(Comparator.comparing(BankEvent::at).thenComparing(BankEvent::id))
                .toList();
    }

    /** The customer's accounts that were not closed, in the order in which a bank shows them. */
    public List<BankAccount> openAccounts() {
        List<String> closed =
                all().filter(BankEvent::closes).map(BankEvent::account).toList();
        return BankAccount.of(customer.getId()).stream()
                .filter(account -> !closed.contains(account.id()))
                .toList();
    }

    /**
     * Forgets those of some customers.
     *
     * @return of how many customers; 0 where none has any
     */
    public static int forget(KeycloakSession session, RealmModel realm, int most) {
        List<UserModel> some = session.users()
                .searchForUserByUserAttributeStream(realm, MARK, "true")
                .limit(most)
                .toList();
        some.forEach(customer -> List.copyOf(customer.getAttributes().keySet()).stream()
                .filter(name -> name.equals(MARK) || name.startsWith(PREFIX))
                .forEach(customer::removeAttribute));
        return some.size();
    }
}
