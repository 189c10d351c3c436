package io.assent.sandbox.bank;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.rest.Problem;
import io.assent.sandbox.bank.Ledger.Booking;
import io.assent.sandbox.bank.Payment.Act;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The bank's API for TPPs. Public because the server calls it, by code that it generates.
 *
 * <p>Every call takes two things of its token: a scope, which says what kind of thing the client may do, and a detail,
 * which says with what. A token that has lost its details is worth nothing here, and not more than before.
 */
public final class BankResource {

    private static final String LIST_SCOPE = "accounts.details";
    private static final String BALANCES_SCOPE = "accounts.balances";
    private static final String TRANSACTIONS_SCOPE = "accounts.transactions";
    private static final String PAYMENT_SCOPE = "payments.initiate";

    /** Longer than a token can be used that was issued for the same answer. */
    private static final Duration KEPT_FOR = Duration.ofDays(1);

    /** Of the years that people write. */
    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final KeycloakSession session;
    private final Ledger ledger;
    private final Optional<String> token;

    /** @param token of the call, if it brought one */
    public BankResource(KeycloakSession session, Ledger ledger, Optional<String> token) {
        this.session = session;
        this.ledger = ledger;
        this.token = token;
    }

    @GET
    @Path("accounts")
    @Produces(MediaType.APPLICATION_JSON)
    public Response accounts() {
        Permit permit = permit(LIST_SCOPE);
        Set<String> ids = readable(permit).ids(ReadableAccounts.LIST);
        if (ids.isEmpty()) {
            throw notGranted(LIST_SCOPE, ReadableAccounts.LIST);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("accounts");
        accountsOf(permit).stream()
                .filter(account -> ids.contains(account.id()))
                .forEach(account -> list.addObject()
                        .put("id", account.id())
                        .put("name", account.shown().name())
                        .put("kind", account.shown().kind())
                        .put("iban", account.iban())
                        .put("currency", account.shown().currency()));
        return ok(json);
    }

    @GET
    @Path("accounts/{id}/balances")
    @Produces(MediaType.APPLICATION_JSON)
    public Response balances(@PathParam("id") String id) {
        Permit permit = permit(BALANCES_SCOPE);
        if (!readable(permit).ids(ReadableAccounts.BALANCES).contains(id)) {
            throw notGranted(BALANCES_SCOPE, ReadableAccounts.BALANCES);
        }
        BankAccount account = account(permit, id);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("balances")
                .addObject()
                .put("type", "booked")
                .put("currency", account.shown().currency())
                .put("amount", balance(account, events(permit, account)).toPlainString());
        return ok(json);
    }

    @GET
    @Path("accounts/{id}/transactions")
    @Produces(MediaType.APPLICATION_JSON)
    public Response transactions(
            @PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to) {
        Permit permit = permit(TRANSACTIONS_SCOPE);
        Days days = readable(permit)
                .history(id, day("from", from), day("to", to), today())
                .orElseThrow(() -> notGranted(TRANSACTIONS_SCOPE, ReadableAccounts.TRANSACTIONS));
        if (days.isTooLong()) {
            throw Problem.malformedRequest("A call reads " + Days.MOST + " days at the most.")
                    .toException();
        }
        BankAccount account = account(permit, id);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("from", days.from().toString())
                .put("to", days.to().toString());
        ArrayNode list = json.putArray("transactions");
        new Transactions(account, ledger.of(id), events(permit, account))
                .of(days.past(today()))
                .forEach(transaction -> list.addObject()
                        .put("id", transaction.id())
                        .put("date", transaction.day().toString())
                        .put("currency", account.shown().currency())
                        .put("amount", transaction.amount().toPlainString())
                        .put("counterparty", transaction.counterparty()));
        return ok(json);
    }

    private BigDecimal balance(BankAccount account, List<BankEvent> events) {
        return events.stream().map(BankEvent::amount).reduce(ledger.balance(account), BigDecimal::add);
    }

    /** The same order for the same answer of a customer is answered as the first time. */
    @POST
    @Path("payments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response pay(String body) {
        Permit permit = permit(PAYMENT_SCOPE);
        Act act = act(permit);
        PaymentOrder order = PaymentOrder.read(body).orElseThrow(() -> Problem.malformedRequest(
                        "Send a JSON object with the fields of the token's payment_initiation, without its type.")
                .toException());
        order.difference(permit.details(PaymentOrder.TYPE).get(0)).ifPresent(field -> {
            throw differs(field).toException();
        });
        // as the first time, whatever became of the account since
        Booking booking = ledger.repeated(act, order).orElseGet(() -> book(permit, act, order));
        if (booking instanceof Booking.Booked booked) {
            return Response.fromResponse(ok(view(booked.payment())))
                    .status(Response.Status.CREATED)
                    .build();
        }
        throw (booking instanceof Booking.UsedUp ? usedUp() : full()).toException();
    }

    private Booking book(Permit permit, Act act, PaymentOrder order) {
        Instant now = ServerTime.now();
        return ledger.book(
                new Payment(
                        "pay-" + Sha256.of("sandbox payment\n" + act).substring(0, 16),
                        act,
                        order,
                        debtor(permit, order).id(),
                        permit.contentHash(),
                        now,
                        latest(permit.until(), now.plus(KEPT_FOR))),
                now);
    }

    @GET
    @Path("payments/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response payment(@PathParam("id") String id) {
        return ledger.find(act(permit(PAYMENT_SCOPE)))
                .filter(payment -> payment.id().equals(id))
                .map(payment -> ok(view(payment)))
                .orElseThrow(() -> Problem.notFound("The token's customer has paid nothing of this id by it.")
                        .toException());
    }

    private static ObjectNode view(Payment payment) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", payment.id())
                .put("status", "booked")
                .put("bookedAt", payment.bookedAt().toString())
                .put("txn", payment.act().txn());
        payment.contentHash().ifPresent(hash -> json.put("contentHash", hash));
        json.setAll(payment.order().content());
        json.putObject("debtorAccount").put("id", payment.debtorAccount());
        return json;
    }

    /** Whose the account is, and of which currency, as it is now: a customer may have closed it since. */
    private BankAccount debtor(Permit permit, PaymentOrder order) {
        return accountsOf(permit).stream()
                .filter(account -> order.debtorAccount()
                        .map(account.id()::equals)
                        .orElseGet(() -> account.shown().currency().equals(order.currency())))
                .findFirst()
                .filter(account -> account.shown().currency().equals(order.currency()))
                .orElseThrow(() -> refused(
                                "There is no account to pay from: none of this id, or none in the payment's currency.")
                        .toException());
    }

    /** What a payment goes back to: an answer of the customer by which it was granted, and nothing else was. */
    private Act act(Permit permit) {
        if (permit.details(PaymentOrder.TYPE).size() != 1 || permit.act().isEmpty()) {
            throw notGranted(PAYMENT_SCOPE, PaymentOrder.TYPE);
        }
        return new Act(
                realm().getId(),
                permit.customer(),
                permit.client(),
                permit.act().get());
    }

    private Permit permit(String scope) {
        if (token.isEmpty()) {
            throw Problem.invalidToken("An access token is needed.").toException("Bearer");
        }
        Permit permit = new TokenCheck(session).permit(token.get()).orElseThrow(() -> Problem.invalidToken(
                        "The access token has expired or was revoked, is not for this API, is bound to a key, or is not from this realm.")
                .toException("Bearer error=\"invalid_token\""));
        if (!permit.scopes().contains(scope)) {
            throw Problem.insufficientScope("The access token needs the scope '" + scope + "'.")
                    .toException(challenge(scope));
        }
        return permit;
    }

    private static RuntimeException notGranted(String scope, String what) {
        return Problem.insufficientScope("The authorization_details of the access token do not grant this: " + what)
                .toException(challenge(scope));
    }

    private static String challenge(String scope) {
        return "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"";
    }

    private ReadableAccounts readable(Permit permit) {
        return new ReadableAccounts(permit.details(), BankAccount.of(permit.customer()), today());
    }

    private BankAccount account(Permit permit, String id) {
        return accountsOf(permit).stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The customer has no such account any more.")
                        .toException());
    }

    private List<BankAccount> accountsOf(Permit permit) {
        return events(permit).map(BankEvents::openAccounts).orElse(List.of());
    }

    private Optional<BankEvents> events(Permit permit) {
        return Optional.ofNullable(session.users().getUserById(realm(), permit.customer()))
                .map(BankEvents::new);
    }

    private List<BankEvent> events(Permit permit, BankAccount account) {
        return events(permit).map(events -> events.of(account.id())).orElse(List.of());
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(ServerTime.now(), ZoneOffset.UTC);
    }

    private static Optional<LocalDate> day(String parameter, String value) {
        try {
            return Optional.ofNullable(value).map(day -> LocalDate.parse(day, DAY));
        } catch (DateTimeException notADay) {
            throw Problem.malformedRequest(parameter + " must be a day, as 2027-03-31.")
                    .toException();
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Response ok(ObjectNode json) {
        return Response.ok(json.toString())
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static Problem differs(String field) {
        return new Problem(
                "urn:assent:problem:payment-differs",
                "The payment is not the one that was granted",
                422,
                field + " is not as the customer was shown it: order what authorization_details of the token says.");
    }

    private static Problem refused(String detail) {
        return new Problem("urn:assent:problem:payment-refused", "The payment can't be carried out", 422, detail);
    }

    private static Problem usedUp() {
        return new Problem(
                "urn:assent:problem:payment-used-up",
                "Another payment was made",
                409,
                "The customer's answer was used for another payment: ask the customer again.");
    }

    private static Problem full() {
        return Problem.serverBusy("The sandbox's bank keeps " + Ledger.MOST + " payments. Try again tomorrow.");
    }
}
