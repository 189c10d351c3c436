package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A path of the API has the methods that the description names for it, and no other one (RFC 9110, section 15.5.6). */
class MethodsIT {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "OTHER");

    /** A link is good once: what stands here is none. */
    private static final String NO_LINK = "none-none-none-none-no";

    /** That, and what the customer lets the bank see at a partner, which is nothing. */
    private static final Pattern NOTHING_THERE = Pattern.compile(NO_LINK + "|^/partners/[0-9a-f-]{36}");

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @TestFactory
    Stream<DynamicTest> whatIsNotDescribedIsAnsweredWithWhatIs() {
        bank.tpp("acme-aisp").ask(customer, "accounts.balances");
        String id = app.onlyPendingId();
        Asked redeemed = bank.tpp("acme-aisp").ask(customer, "accounts.transactions");
        app.approve(app.pending().get(0).get("id").asText()).ok();
        Tokens.of(bank.tpp("acme-aisp").poll(redeemed));
        String consent = app.onlyConsent().get("id").asText();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                bank.openApi().document().get("paths").properties()) {
            Set<String> described = described(path.getValue());
            String called = path.getKey()
                    .replace("{id}", path.getKey().startsWith("/consents") ? consent : id)
                    // a partner of the dev realm
                    .replace("{clientId}", "nova-tpp")
                    .replace("{secret}", NO_LINK)
                    .replace("{deviceId}", UUID.randomUUID().toString());
            for (String method : METHODS) {
                tests.add(dynamicTest(method + " " + path.getKey(), () -> {
                    for (String token : List.of("Bearer " + app.accessToken(), "Bearer x", "")) {
                        assertAllows(described, method, called, token);
                        assertAllows(described, method, called + "/", token);
                    }
                    assertThat(app.request(id).text("status")).isEqualTo("pending");
                }));
            }
        }
        return tests.stream();
    }

    private void assertAllows(Set<String> described, String method, String path, String token) {
        HttpRequest.Builder request =
                Http.request(bank.uri("/consent/v1" + path)).method(method, BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        Answer answer = Http.send(request);
        if (described.contains(method) && NOTHING_THERE.matcher(path).find() && answer.status() == 404) {
            // by the resource, and not for want of a path
            assertThat(answer.json().get("detail").asText())
                    .as(answer.toString())
                    .matches("There is no such link.*|The customer has let the bank see no such thing.*");
            return;
        }
        if (described.contains(method)) {
            assertThat(answer.status()).as(answer.toString()).isNotIn(404, 405).isLessThan(500);
            return;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(405);
        assertThat(answer.header("Allow")).as(answer.toString()).hasValue(String.join(", ", described));
        assertThat(answer.contentType()).hasValue("application/problem+json");
        if (!method.equals("HEAD")) {
            assertThat(answer.problem()).isEqualTo("method-not-allowed");
        }
    }

    private static Set<String> described(JsonNode pathItem) {
        Set<String> methods = new TreeSet<>();
        pathItem.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
        methods.remove("PARAMETERS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }
}
