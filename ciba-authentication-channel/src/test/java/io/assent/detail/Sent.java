package io.assent.detail;

import io.assent.account.Account;
import io.assent.account.AccountList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** Details as clients send them, and a bank that has the built-in types. */
final class Sent {

    static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    static final String PAYMENT = json("{'type':'payment_initiation','instructedAmount':{'currency':'EUR',"
            + "'amount':'12.50'},'creditorName':'Merchant A','creditorAccount':{'iban':'DE89370400440532013000'}}");
    static final String PAYMENT_FROM =
            PAYMENT.replace("\"creditorName\"", json("'debtorAccount':{'id':'a1'},'creditorName'"));
    static final String RECURRING = json("{'type':'recurring_payment','creditorName':'Merchant A',"
            + "'creditorAccount':{'iban':'DE89370400440532013000'},'maximumIndividualAmount':{'currency':'EUR',"
            + "'amount':'50'},'periodicLimit':{'period':'month','currency':'EUR','amount':'200.00'},"
            + "'validTo':'2027-05-31'}");
    static final String BALANCES = json("{'type':'account_information','actions':['list_accounts','read_balances'],"
            + "'validUntil':'2027-03-31'}");
    static final String BALANCES_OF = with(BALANCES, "'accounts':[{'id':'a1'},{'id':'a2'}]");

    static final String PERSONAL = json("{'type':'personal_access','name':'My script'}");

    static final Set<String> ALL =
            Set.of("account_information", "payment_initiation", "personal_access", "recurring_payment");

    /** @param single with ' instead of " */
    static String json(String single) {
        return single.replace('\'', '"');
    }

    static String with(String detail, String field) {
        return detail.substring(0, detail.length() - 1) + json("," + field + "}");
    }

    static String list(String... details) {
        return Arrays.toString(details);
    }

    static Map<String, ConsentDetailType> types() {
        Map<String, ConsentDetailType> types = new TreeMap<>();
        ServiceLoader.load(ConsentDetailTypeFactory.class)
                .forEach(factory -> types.put(factory.getId(), factory.create(null)));
        return types;
    }

    static DetailTypes bank() {
        return bank(types());
    }

    static DetailTypes bank(Map<String, ConsentDetailType> types) {
        return bank(types, true, NOW);
    }

    static DetailTypes bank(Map<String, ConsentDetailType> types, boolean accountsKnown, Instant now) {
        return new DetailTypes(
                name -> Optional.ofNullable(types.get(name)),
                types::keySet,
                () -> accountsKnown,
                InstantSource.fixed(now));
    }

    static AccountList accounts(String... ids) {
        return new AccountList.Known(Arrays.stream(ids)
                .map(id -> new Account(id, "Account " + id, null, null, null))
                .toList());
    }

    /** What a client asked for, once it was read. */
    static Details asked(String... details) {
        return (Details) bank().read(ALL, list(details));
    }

    private Sent() {}
}
