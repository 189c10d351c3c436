package io.assent.account.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.bank.EndpointOptions;
import io.assent.server.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EndpointAccountsTest {

    private static final String ONE = "{'id':'acc-1','name':'Everyday'}";

    @TempDir
    private Path files;

    @Test
    void aCustomersAccountsAreTheBanks() throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, "application/json; charset=utf-8", """
                {"accounts":[{"id":"acc-1","name":"Everyday","kind":"current","maskedNumber":"•••• 3000","currency":"EUR","iban":"x"},
                 {"id":"acc-2","name":"مدخرات","kind":null}],"more":true}""")) {

            assertThat(bank.asked().now(BankEndpoint.customer("K/1 ?ü")))
                    .isEqualTo(new AccountList.Known(List.of(
                            new Account("acc-1", "Everyday", "current", "•••• 3000", "EUR"),
                            new Account("acc-2", "مدخرات", null, null, null))));
            assertThat(bank.paths()).containsExactly("/bank/customers/K%2F1%20%3F%C3%BC/accounts");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 200})
    void allAccountsAreKnownUpToTwoHundred(int number) throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, BankEndpoint.JSON, BankEndpoint.accounts(number))) {
            assertThat(bank.asked().now(BankEndpoint.customer("k"))).isInstanceOf(AccountList.Known.class);
            assertThat(bank.asked().now(BankEndpoint.customer("k")).stream()).hasSize(number);
        }
    }

    @ParameterizedTest
    @CsvSource({"302", "204", "401", "403", "404", "500", "503"})
    void anotherStatusIsNoAnswerAndNoRedirectIsFollowed(int status) throws IOException {
        try (BankEndpoint bank = new BankEndpoint(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        })) {
            assertThat(said(bank)).contains("status " + status);
            assertThat(bank.paths()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/problem+json", "application/jsonp"})
    void anotherContentTypeIsNoAnswer(String type) throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, type, BankEndpoint.accounts(1))) {
            assertThat(said(bank)).contains("content type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "<h1>It works!</h1>",
                "{'accounts':{}}",
                "{'accounts':[1]}",
                "{'accounts':[null]}",
                "{'accounts':[{'id':'acc-1'}]}",
                "{'accounts':[{'name':'Everyday'}]}",
                "{'accounts':[{'id':1,'name':'Everyday'}]}",
                "{'accounts':[{'id':'','name':'Everyday'}]}",
                "{'accounts':[{'id':' ','name':'Everyday'}]}",
                "{'accounts':[{'id':'acc-1','name':'Every\\u0000day'}]}",
                "{'accounts':[{'id':'acc-1','name':'Every\\u202Eday'}]}",
                "{'accounts':[{'id':'acc-1','name':'Everyday','currency':'Euro'}]}",
                "{'accounts':[{'id':'acc-1','name':'Everyday','kind':{}}]}",
                "{'accounts':[" + ONE + "," + ONE + "]}",
                "{'accounts':[" + ONE + "],'accounts':[]}",
                "{'accounts':[" + ONE + "]} {}",
                "{'accounts':[" + ONE,
            })
    void anAnswerThatIsNotRightAsAWholeIsNone(String body) throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, BankEndpoint.JSON, body.replace('\'', '"'))) {
            assertThat(said(bank)).doesNotContain("acc-1", "Every", "<h1>");
        }
    }

    @Test
    void aFieldThatIsTooLongAndTooManyAccountsAreNoAnswer() throws IOException {
        String name = "n".repeat(Account.MAX_LENGTH + 1);
        try (BankEndpoint bank = BankEndpoint.saying(
                200, BankEndpoint.JSON, "{\"accounts\":[{\"id\":\"acc-1\",\"name\":\"" + name + "\"}]}")) {
            assertThat(said(bank)).contains("characters");
        }
        try (BankEndpoint bank =
                BankEndpoint.saying(200, BankEndpoint.JSON, BankEndpoint.accounts(AccountList.MOST + 1))) {
            assertThat(said(bank)).contains("more than 200");
        }
    }

    @Test
    void ofAnAnswerOfTenMegabytesNotMoreIsReadThanAllowed() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        try (BankEndpoint bank = new BankEndpoint(exchange -> {
            byte[] part = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", BankEndpoint.JSON);
            exchange.sendResponseHeaders(200, 0);
            while (sent.addAndGet(part.length) < 10 * 1024 * 1024) {
                exchange.getResponseBody().write(part);
            }
            exchange.close();
        })) {
            assertThat(said(bank)).contains("longer than 262144 bytes");
        }
    }

    @Test
    void anAnswerThatTricklesIsCutOffInTime() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (BankEndpoint bank = new BankEndpoint(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", BankEndpoint.JSON);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
        })) {
            long start = System.nanoTime();

            assertThat(bank.asked(Map.of(EndpointOptions.TIMEOUT, "300")).now(BankEndpoint.customer("k")))
                    .isEqualTo(new AccountList.Unavailable());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            over.countDown();
        }
    }

    @Test
    void anEndpointThatIsDownIsToldOfWithoutTheCustomer() throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, BankEndpoint.JSON, BankEndpoint.accounts(1))) {
            bank.down();

            assertThat(said(bank)).contains("ConnectException").doesNotContain("customer-1");
        }
    }

    @Test
    void noMoreThreadsWaitThanAreAllowed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (BankEndpoint bank = new BankEndpoint(exchange -> {
            begun.countDown();
            await(over);
            BankEndpoint.answer(exchange, 200, BankEndpoint.JSON, BankEndpoint.accounts(1));
        })) {
            EndpointAccounts accounts =
                    bank.asked(Map.of(EndpointOptions.CALLS, "2", EndpointOptions.TIMEOUT, "10000"));
            List<Future<AccountList>> slow = List.of(
                    threads.submit(() -> accounts.now(BankEndpoint.customer("1"))),
                    threads.submit(() -> accounts.now(BankEndpoint.customer("2"))));
            await(begun);

            long start = System.nanoTime();
            assertThat(accounts.now(BankEndpoint.customer("3"))).isEqualTo(new AccountList.Unavailable());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

            over.countDown();
            for (Future<AccountList> answer : slow) {
                assertThat(answer.get()).isInstanceOf(AccountList.Known.class);
            }
            assertThat(accounts.now(BankEndpoint.customer("3"))).isInstanceOf(AccountList.Known.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsShownMayBeOfLateAndWhatIsMeasuredIsOfNow() throws IOException {
        AtomicInteger number = new AtomicInteger(3);
        try (BankEndpoint bank = new BankEndpoint(exchange -> BankEndpoint.answer(
                exchange, 200, BankEndpoint.JSON, BankEndpoint.accounts(number.getAndDecrement())))) {
            EndpointAccounts accounts = bank.asked();

            assertThat(accounts.recent(BankEndpoint.customer("k")).stream()).hasSize(3);
            assertThat(accounts.recent(BankEndpoint.customer("k")).stream()).hasSize(3);
            assertThat(accounts.now(BankEndpoint.customer("k")).stream()).hasSize(2);
            assertThat(accounts.recent(BankEndpoint.customer("k")).stream()).hasSize(2);
            assertThat(accounts.recent(BankEndpoint.customer("other")).stream()).hasSize(1);
            assertThat(accounts.recent(new Whose("realm-2", "bank", Optional.of("k"))).stream())
                    .isEmpty();
        }
    }

    @Test
    void noFailureIsKept() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (BankEndpoint bank = new BankEndpoint(exchange -> BankEndpoint.answer(
                exchange, calls.getAndIncrement() == 0 ? 500 : 200, BankEndpoint.JSON, BankEndpoint.accounts(1)))) {
            EndpointAccounts accounts = bank.asked();

            assertThat(accounts.recent(BankEndpoint.customer("k"))).isEqualTo(new AccountList.Unavailable());
            assertThat(accounts.recent(BankEndpoint.customer("k")).stream()).hasSize(1);
        }
    }

    @Test
    void theTokenIsTheOneThatIsInTheFileNow() throws IOException {
        Path token = Files.writeString(files.resolve("token"), "first\n");
        try (BankEndpoint bank = BankEndpoint.saying(200, BankEndpoint.JSON, BankEndpoint.accounts(1))) {
            EndpointAccounts accounts = bank.asked(Map.of(EndpointOptions.BEARER_TOKEN_FILE, token.toString()));
            accounts.now(BankEndpoint.customer("k"));
            Files.writeString(token, "second");
            accounts.now(BankEndpoint.customer("k"));
            assertThat(bank.authorizations()).containsExactly("Bearer first", "Bearer second");

            Files.writeString(token, "two words");
            assertThat(accounts.now(BankEndpoint.customer("k"))).isEqualTo(new AccountList.Unavailable());
            Files.delete(token);
            assertThat(accounts.now(BankEndpoint.customer("k"))).isEqualTo(new AccountList.Unavailable());
            assertThat(bank.paths()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aCustomerWhoIsAStepInAPathIsNotAskedFor(String id) throws IOException {
        try (BankEndpoint bank = BankEndpoint.saying(200, BankEndpoint.JSON, BankEndpoint.accounts(1))) {
            assertThat(bank.asked().now(BankEndpoint.customer(id))).isEqualTo(new AccountList.Unavailable());
            assertThat(bank.asked().now(new Whose("realm-1", "bank", Optional.empty())))
                    .isEqualTo(new AccountList.Unavailable());
            assertThat(bank.paths()).isEmpty();
        }
    }

    /** What the operator is told where there is no answer. */
    private static String said(BankEndpoint bank) throws IOException {
        EndpointAccounts accounts = bank.asked();
        String realm = "bank-" + System.nanoTime();
        try (LogLines log = LogLines.of(EndpointAccounts.class.getName())) {
            assertThat(accounts.now(new Whose("realm-1", realm, Optional.of("customer-1"))))
                    .isEqualTo(new AccountList.Unavailable());
            assertThat(log.all()).hasSize(1);
            return log.all().get(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
