package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailSchemaTest {

    private static final String SCHEMA =
            Sent.json("{'type':'object','properties':{'type':{'const':'t'},'name':{'type':'string','maxLength':3},"
                    + "'in':{'type':'object','properties':{'a':{'type':'integer'}},'required':['a'],"
                    + "'additionalProperties':false}},'required':['type'],'additionalProperties':false}");

    @Test
    void theFieldIsNamedAndWhatIsWrongIsSaid() {
        assertThat(flaw("{'type':'t','name':'abc','in':{'a':1}}")).isEmpty();
        assertThat(flaw("{}")).isEqualTo("type is missing");
        assertThat(flaw("{'type':'t','in':{}}")).isEqualTo("in.a is missing");
        assertThat(flaw("{'type':'t','name':'secret'}")).isEqualTo("name has more than 3 characters");
        assertThat(flaw("{'type':'t','in':{'a':'secret'}}")).isEqualTo("in.a has to be a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "DE89370400440532013000", "", " ", "a/b", "~", "ä"})
    void whatAClientCalledAFieldIsNotRepeated(String name) {
        assertThat(flaw("{'type':'t','%s':1}".formatted(name)))
                .isEqualTo("the detail has a field that its type does not have");
        assertThat(flaw("{'type':'t','in':{'a':1,'%s':1}}".formatted(name)))
                .isEqualTo("in has a field that its type does not have");
    }

    @Test
    void aPlaceThatAClientNamedIsNotRepeated() {
        DetailSchema open = DetailSchema.of(Sent.json("{'additionalProperties':{'type':'integer'}}"));

        assertThat(open.flaw(DetailJson.kept(Sent.json("{'a name':'x'}"))))
                .contains("the detail has to be a whole number");
    }

    @Test
    void aSchemaFetchesNothing(@TempDir Path folder) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            calls.incrementAndGet();
            call.sendResponseHeaders(200, 2);
            call.getResponseBody().write("{}".getBytes());
            call.close();
        });
        server.start();
        try {
            Path file = Files.writeString(folder.resolve("other.json"), "{}");
            assertIsRefused("http://127.0.0.1:%d/other.json"
                    .formatted(server.getAddress().getPort()));
            assertIsRefused(file.toUri().toString());
            assertIsRefused("classpath:io/assent/detail/type/payment_initiation.json");
            assertThat(calls).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static void assertIsRefused(String other) {
        assertThatThrownBy(() ->
                        DetailSchema.of("{\"$ref\":\"%s\"}".formatted(other)).flaw(DetailJson.kept("{}")))
                .as("a reference to %s", other)
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'$id':'https://bank.example/detail',"})
    void whatTwoSchemasCallTheSameIsNotMixedUp(String id) {
        String schema = Sent.json("{" + id + "'properties':{'a':{'$ref':'#/$defs/a'}},'$defs':{'a':{'type':'%s'}}}");
        DetailSchema text = DetailSchema.of(schema.formatted("string"));
        DetailSchema number = DetailSchema.of(schema.formatted("integer"));

        assertThat(text.flaw(DetailJson.kept("{\"a\":1}"))).isPresent();
        assertThat(number.flaw(DetailJson.kept("{\"a\":1}"))).isEmpty();
        assertThat(text.flaw(DetailJson.kept("{\"a\":\"x\"}"))).isEmpty();
        assertThat(number.flaw(DetailJson.kept("{\"a\":\"x\"}"))).isPresent();
    }

    @Test
    void theMetaschemaIsThere() {
        DetailSchema meta = DetailSchema.of("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}");

        assertThat(Sent.types().values()).allSatisfy(type -> assertThat(meta.flaw(DetailJson.kept(type.schema())))
                .isEmpty());
        assertThat(meta.flaw(DetailJson.kept("{\"type\":\"nothing\"}"))).isPresent();
    }

    /** A thousandth of a second of this thread's own, however busy the machine is. */
    @Test
    void aCheckIsQuick() {
        DetailTypes bank = Sent.bank();
        String sent = Sent.list(Sent.PAYMENT);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int warm = 0; warm < 2_000; warm++) {
            bank.read(Sent.ALL, sent);
        }
        long begun = threads.getCurrentThreadCpuTime();
        for (int check = 0; check < 2_000; check++) {
            bank.read(Sent.ALL, sent);
        }
        assertThat((threads.getCurrentThreadCpuTime() - begun) / 2_000)
                .as("nanoseconds for one check")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static String flaw(String detail) {
        return DetailSchema.of(SCHEMA).flaw(DetailJson.kept(Sent.json(detail))).orElse("");
    }
}
