package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.account.Accounts;
import io.assent.detail.ShownDetail.AccountChoice;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * The door to authorization details (RFC 9396): what a client may send, how it is shown, and what a customer may grant
 * of it. Whatever type a detail has, what is granted is within what was asked for.
 */
public final class DetailTypes {

    /**
     * The client's attribute with the types that it may use, separated by spaces or commas (RFC 9396, section 10). None
     * for a client that has none: the bank gives each type to each client. No client can write it: see
     * {@code safeguard}.
     */
    public static final String ATTRIBUTE = "authorization_details_types";

    /** What {@link DetailJson} reads, in words. */
    private static final String READABLE =
            "of at most %d bytes, with no key twice, no number of more than 15 digits, and no control characters"
                    .formatted(Details.MAX_BYTES);

    private final Function<String, Optional<ConsentDetailType>> types;
    private final Supplier<Set<String>> names;
    private final BooleanSupplier accountsKnown;
    private final InstantSource clock;

    /**
     * @param types finds a type by its name
     * @param names of all types that there are
     * @param accountsKnown whether customers can choose accounts
     */
    DetailTypes(
            Function<String, Optional<ConsentDetailType>> types,
            Supplier<Set<String>> names,
            BooleanSupplier accountsKnown,
            InstantSource clock) {
        this.types = types;
        this.names = names;
        this.accountsKnown = accountsKnown;
        this.clock = clock;
    }

    public static DetailTypes of(KeycloakSession session) {
        return new DetailTypes(
                name -> Optional.ofNullable(session.getProvider(ConsentDetailType.class, name)),
                () -> session.listProviderIds(ConsentDetailType.class),
                () -> Accounts.of(session).areKnownIn(session.getContext().getRealm()),
                ServerTime::now);
    }

    /** The names of all types that there are, in their order. */
    public List<String> names() {
        return names.get().stream().sorted().toList();
    }

    /** Whether there is such a type. */
    public boolean isKnown(String type) {
        return types.apply(type).isPresent();
    }

    /** The types that the bank lets a client use, whether there are such or not. */
    public static Set<String> allowed(ClientModel client) {
        return Optional.ofNullable(client.getAttribute(ATTRIBUTE)).stream()
                .flatMap(names -> Arrays.stream(names.split("[\\s,]+")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What a client sent as {@code authorization_details}, if it may. */
    public DetailReading read(ClientModel client, String sent) {
        return read(allowed(client), sent);
    }

    DetailReading read(Set<String> allowed, String sent) {
        JsonNode json = DetailJson.read(sent).orElse(null);
        if (json == null || !json.isArray() || json.isEmpty() || json.size() > Details.MOST) {
            return new DetailFlaw("authorization_details has to be a JSON array of 1 to %d objects, %s"
                    .formatted(Details.MOST, READABLE));
        }
        List<ObjectNode> details = new ArrayList<>();
        for (JsonNode item : json) {
            Optional<String> flaw =
                    item instanceof ObjectNode detail ? flaw(allowed, detail) : Optional.of("it is no object");
            if (flaw.isPresent()) {
                return new DetailFlaw("authorization_details[%d]: %s".formatted(details.size(), flaw.get()));
            }
            details.add((ObjectNode) item);
        }
        Details read = Details.of(details);
        if (read.all().size() > 1 && isOneTime(read)) {
            return new DetailFlaw("A detail that is good for one token is asked for alone");
        }
        if (read.all().size() > 1 && describeRequest(read)) {
            return new DetailFlaw("A detail that says what the whole request is for is asked for alone");
        }
        return Set.copyOf(read.all()).size() < read.all().size() ? new DetailFlaw("A detail is there twice") : read;
    }

    private Optional<String> flaw(Set<String> allowed, ObjectNode detail) {
        JsonNode name = detail.path(DetailJson.TYPE);
        if (!name.isTextual()) {
            return Optional.of("type is missing");
        }
        Optional<ConsentDetailType> type = types.apply(name.textValue());
        if (type.isEmpty() || !allowed.contains(name.textValue())) {
            return Optional.of("the client may not use this type, or there is none");
        }
        return contentFlaw(type.get(), detail).or(() -> accountFlaw(type.get(), detail));
    }

    private Optional<String> contentFlaw(ConsentDetailType type, ObjectNode detail) {
        return DetailSchema.of(type.schema()).flaw(detail).or(() -> type.flaw(detail.deepCopy(), clock.instant()));
    }

    private Optional<String> accountFlaw(ConsentDetailType type, ObjectNode detail) {
        return type.accounts(detail.deepCopy())
                .filter(field -> field.required() && !accountsKnown.getAsBoolean())
                .map(field -> field.name() + " can't be chosen: the bank has set no source of accounts");
    }

    /** Whether one of them is good for one token; also where it can't be told, since nobody knows its type any more. */
    public boolean isOneTime(Details details) {
        return details.all().stream().anyMatch(detail -> types.apply(detail.type())
                .map(ConsentDetailType::isOneTime)
                .orElse(true));
    }

    /** Whether one of them says what the whole request is for. */
    public boolean describeRequest(Details details) {
        return details.all().stream().anyMatch(detail -> types.apply(detail.type())
                .filter(ConsentDetailType::describesRequest)
                .isPresent());
    }

    /** The first moment at which one of them allows nothing any more; empty where they say none. */
    public Optional<Instant> validUntil(Details details) {
        return details.all().stream()
                .flatMap(detail ->
                        types.apply(detail.type()).stream().flatMap(type -> type.validUntil(detail.content()).stream()))
                .min(Comparator.naturalOrder());
    }

    /**
     * As a customer sees them.
     *
     * @param accounts the customer's; asked for only where a detail is about some
     */
    public List<ShownDetail> shown(Details details, Texts texts, Supplier<AccountList> accounts) {
        Supplier<AccountList> known = new AskedOnce(accounts);
        return details.all().stream()
                .map(detail -> types.apply(detail.type())
                        .map(type -> shown(type, detail, texts, known))
                        .orElseGet(() -> unknown(detail, texts)))
                .toList();
    }

    private static ShownDetail shown(
            ConsentDetailType type, Detail detail, Texts texts, Supplier<AccountList> accounts) {
        return new ShownDetail(
                detail,
                type.isOneTime(),
                type.rows(detail.content(), texts),
                type.accounts(detail.content()).map(field -> choice(field, detail.content(), accounts.get())));
    }

    private static AccountChoice choice(AccountField field, ObjectNode detail, AccountList accounts) {
        Set<String> named = field.ids(detail);
        List<Account> choosable = accounts.stream()
                .filter(account -> !field.isIn(detail) || named.contains(account.id()))
                .toList();
        return new AccountChoice(field, named, choosable, accounts instanceof AccountList.Unavailable);
    }

    /** After an upgrade without its type: what it said can't be told, and it is worth nothing. */
    private static ShownDetail unknown(Detail detail, Texts texts) {
        DetailRow row =
                new DetailRow(texts.expect("consent.detail.unknown").orElse("?"), detail.type(), DetailRow.NORMAL);
        return new ShownDetail(detail, false, List.of(row), Optional.empty());
    }

    /**
     * What an approval grants.
     *
     * @param chosen what the customer chose, or empty for all: which is taken only where there is nothing to choose
     * @param selectable whether the customer may leave details out
     * @param accounts the customer's, now
     */
    public DetailSelection select(
            Details asked, Optional<Details> chosen, boolean selectable, Supplier<AccountList> accounts) {
        Details granted = chosen.orElse(asked);
        if (granted.all().size() > asked.all().size()) {
            return refused("grantedDetails has more than was asked for");
        }
        if (!selectable && granted.all().size() < asked.all().size()) {
            return refused("grantedDetails leaves a detail out. This request is answered as a whole");
        }
        if (granted.isEmpty() && !asked.isEmpty()) {
            return refused("grantedDetails is empty. To grant nothing, deny the request");
        }
        Supplier<AccountList> known = new AskedOnce(accounts);
        List<Detail> left = new ArrayList<>(asked.all());
        for (int place = 0; place < granted.all().size(); place++) {
            Detail detail = granted.all().get(place);
            // a type is promised that what it is asked of has passed its schema
            Optional<String> flaw = types.apply(detail.type()).flatMap(type -> contentFlaw(type, detail.content()));
            if (flaw.isPresent()) {
                return refused(at(place, flaw.get()));
            }
            Optional<Detail> source = left.stream()
                    .filter(candidate -> isWithin(detail, candidate))
                    .findFirst();
            if (source.isEmpty()) {
                return refused(at(place, "is not within what was asked for"));
            }
            left.remove(source.get());
            Optional<DetailSelection> refusal = refusal(detail, place, known);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        if (isTooLong(granted, asked)) {
            return refused(
                    "grantedDetails is longer than %d bytes: choose fewer accounts".formatted(Details.MAX_BYTES));
        }
        return new DetailSelection.Granted(granted);
    }

    /** Whether what a customer chose is longer than what may be asked for, and than what was. */
    public static boolean isTooLong(Details granted, Details asked) {
        return granted.bytes() > Math.max(Details.MAX_BYTES, asked.bytes());
    }

    private Optional<DetailSelection> refusal(Detail detail, int place, Supplier<AccountList> accounts) {
        ConsentDetailType type = types.apply(detail.type()).orElseThrow();
        ObjectNode content = detail.content();
        AccountField field = type.accounts(content).orElse(null);
        if (field == null) {
            return Optional.empty();
        }
        Set<String> ids = field.ids(content);
        if (ids.isEmpty()) {
            return field.required()
                    ? Optional.of(refused(at(place, field.name() + " is missing: the customer chooses an account")))
                    : Optional.empty();
        }
        AccountList known = accounts.get();
        if (known instanceof AccountList.Unavailable) {
            return Optional.of(new DetailSelection.Unavailable());
        }
        return ids.stream().allMatch(id -> known.find(id).isPresent())
                ? Optional.empty()
                : Optional.of(refused(at(place, field.name() + " names an account that the customer does not have")));
    }

    private static String at(int place, String what) {
        return "grantedDetails[%d] %s".formatted(place, what);
    }

    private static DetailSelection refused(String reason) {
        return new DetailSelection.Refused(reason);
    }

    /** What an app sends as granted; it is measured by {@link #select}. */
    public DetailReading readGranted(String sent) {
        JsonNode json = DetailJson.read(sent).orElse(null);
        boolean readable = json != null
                && json.isArray()
                && json.size() <= Details.MOST
                && StreamSupport.stream(json.spliterator(), false)
                        .allMatch(item ->
                                item.isObject() && item.path(DetailJson.TYPE).isTextual());
        if (!readable) {
            return new DetailFlaw("grantedDetails has to be a list of at most %d authorization details, %s"
                    .formatted(Details.MOST, READABLE));
        }
        List<ObjectNode> objects = new ArrayList<>();
        json.forEach(item -> objects.add((ObjectNode) item));
        return Details.of(objects);
    }

    /**
     * Whether accounts were chosen on a page only where there are some to choose: for a detail that is about accounts,
     * and no more than one where it is about one.
     *
     * @param chosen the ids of accounts, by the place of their detail
     */
    public boolean areChoosable(Details asked, Map<Integer, Set<String>> chosen) {
        return chosen.entrySet().stream()
                .filter(choice -> !choice.getValue().isEmpty())
                .allMatch(choice -> choice.getKey() < asked.all().size()
                        && isChoosable(asked.all().get(choice.getKey()), choice.getValue()));
    }

    private boolean isChoosable(Detail detail, Set<String> ids) {
        return types.apply(detail.type())
                .flatMap(type -> type.accounts(detail.content()))
                .filter(field -> field.many() || ids.size() == 1)
                .isPresent();
    }

    /**
     * The same details with the accounts that a customer chose on a page; measured by {@link #select}.
     *
     * @param chosen the ids of accounts, by the place of their detail. Where a detail has one account, none chosen
     *     leaves it as it is; where it has a list, none chosen is none
     */
    public Details withAccounts(Details asked, Map<Integer, Set<String>> chosen) {
        List<ObjectNode> all = new ArrayList<>();
        for (int place = 0; place < asked.all().size(); place++) {
            Detail detail = asked.all().get(place);
            ObjectNode content = detail.content();
            Set<String> ids = chosen.getOrDefault(place, Set.of());
            all.add(types.apply(detail.type())
                    .flatMap(type -> type.accounts(detail.content()))
                    .filter(field -> field.many() || !ids.isEmpty())
                    .map(field -> field.with(content, ids))
                    .orElse(content));
        }
        return Details.of(all);
    }

    /** Whether the one allows nothing but what the other does. Nothing is within a type that there is no more. */
    public boolean isWithin(Detail granted, Detail asked) {
        if (!granted.type().equals(asked.type())) {
            return false;
        }
        ConsentDetailType type = types.apply(asked.type()).orElse(null);
        if (type == null) {
            return false;
        }
        ObjectNode wide = asked.content();
        ObjectNode narrow = granted.content();
        AccountField field = type.accounts(asked.content()).orElse(null);
        if (field == null) {
            return type.isWithin(narrow, wide);
        }
        boolean withinAccounts = !field.isIn(wide)
                // without its accounts it would be about any
                || (field.isIn(narrow) && field.ids(wide).containsAll(field.ids(narrow)));
        return withinAccounts && type.isWithin(field.without(narrow), field.without(wide));
    }

    /**
     * The types of what was granted that a client can't have any more: the bank took them from it, or there are none
     * such, or what was granted is not within what was asked for.
     */
    public Set<String> lost(ClientModel client, Details granted, Details asked) {
        return lost(allowed(client), granted, asked);
    }

    Set<String> lost(Set<String> allowed, Details granted, Details asked) {
        Details within = within(granted, asked);
        return granted.all().stream()
                .filter(detail ->
                        !allowed.contains(detail.type()) || !within.all().contains(detail))
                .map(Detail::type)
                .collect(Collectors.toSet());
    }

    /** Of what was granted, what is still within something that was, in its order. */
    public Details within(Details granted, Details limit) {
        return new Details(granted.all().stream()
                .filter(detail -> limit.all().stream().anyMatch(wide -> isWithin(detail, wide)))
                .toList());
    }

    /** The same, of types alone that the client may have. */
    public Details within(ClientModel client, Details granted, Details limit) {
        Set<String> allowed = allowed(client);
        return new Details(within(granted, limit).all().stream()
                .filter(detail -> allowed.contains(detail.type()))
                .toList());
    }

    /** These and what is granted on top: without what allows nothing but what that does. */
    public Details merged(Details before, Details more) {
        return new Details(before.all().stream()
                        .filter(detail -> more.all().stream().noneMatch(wide -> isWithin(detail, wide)))
                        .toList())
                .and(more);
    }

    /** Whether one of some details is one of the others, or one of both allows nothing but what the other does. */
    public boolean overlap(Details some, Details others) {
        return !Collections.disjoint(some.all(), others.all())
                || !within(some, others).isEmpty()
                || !within(others, some).isEmpty();
    }
}
