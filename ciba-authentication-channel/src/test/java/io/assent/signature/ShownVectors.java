package io.assent.signature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.assent.account.Account;
import io.assent.detail.Detail;
import io.assent.detail.DetailRow;
import io.assent.detail.ShownByABank;
import io.assent.detail.ShownDetail;
import io.assent.detail.ShownDetail.AccountChoice;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.permission.Permission;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import io.assent.server.CanonicalJson;
import java.util.List;
import java.util.Optional;

/** Answers of the app's API, and what an app has to make of each before it signs. */
final class ShownVectors {

    private static final String PAYMENT = """
            {"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"1234.50"},
             "creditorName":"Müller & Söhne","creditorAccount":{"iban":"DE89370400440532013000"},
             "debtorAccount":{"id":"a1"},"remittanceInformationUnstructured":"Rechnung 4711/26"}""";
    private static final String BALANCES = """
            {"type":"account_information","actions":["list_accounts","read_balances"],"validUntil":"2027-03-31"}""";
    private static final String RECURRING = """
            {"type":"recurring_payment","creditorName":"Stadtwerke","creditorAccount":{"iban":"DE89370400440532013000"},
             "maximumIndividualAmount":{"currency":"EUR","amount":"50"},
             "periodicLimit":{"period":"month","currency":"EUR","amount":"200.00"},"validTo":"2027-05-31"}""";

    private static final RequestingClient ACME = new RequestingClient(
            "acme",
            "Acme Budget",
            "Acme & Söhne GmbH",
            "https://login.bank.example/realms/bank/client-logos/7d0f2a53-1f4e-4f0c-9a52-5b8d7c1e2f10",
            "https://acme.example/privacy",
            null);
    private static final RequestingClient UNVERIFIED = new RequestingClient("shop", "Shop", null, null, null, null);

    private static final List<PermissionGroup> ACCOUNTS_EN = List.of(new PermissionGroup(
            "accounts",
            "Your accounts",
            "Look at your accounts",
            List.of(
                    new Permission("accounts.balances", "See your balances", "How much money is there.", true),
                    new Permission("accounts.transactions", "See your transactions", null, false))));
    private static final List<PermissionGroup> ACCOUNTS_DE = List.of(new PermissionGroup(
            "accounts",
            "Ihre Konten",
            "Ihre Konten ansehen",
            List.of(
                    new Permission("accounts.balances", "Kontostände ansehen", "Wie viel Geld da ist.", true),
                    new Permission("accounts.transactions", "Umsätze ansehen", null, false))));
    private static final List<PermissionGroup> PAYMENTS_EN = List.of(new PermissionGroup(
            "payments", "Payments", null, List.of(new Permission("payments.initiate", "Start a payment", null, true))));
    private static final List<PermissionGroup> PAYMENTS_DE = List.of(new PermissionGroup(
            "payments",
            "Zahlungen",
            null,
            List.of(new Permission("payments.initiate", "Eine Zahlung auslösen", null, true))));

    /** Everything that has to be escaped, and much that must not be. */
    private static final List<PermissionGroup> ODD = List.of(new PermissionGroup(
            "odd",
            "\"Quotes\" and \\backslashes\\, </script> & 'more'",
            "tab\t, line\n, return\r, \b, \f, \u0001, \u001F, \u007F, \u0080, \u2028, \u00A0",
            List.of(new Permission("odd!", "Ελληνικά, 株式会社, עברית, Żółw 😀", "e\u0301 is not é", false))));

    /** Of a type of a bank's own. Names are sorted by UTF-16, where 😀 comes before ﬀ, and digits by character. */
    private static final ShownDetail OWN = own("""
            {"type":"credit_line","ﬀ":1,"😀":2,"é":3,"A":4,"a":5,"10":6,"9":7,"":8,"zero":0,
             "less":-15,"largest":9007199254740991,"yes":true,"no":false,"nothing":null,
             "list":[[],{},[1,"2",[true]],{"b":{"d":1,"c":2},"a":[]}]}""");

    private static final ShownDetail FRACTIONS = own("""
            {"type":"credit_line","rate":3.75,"less":-0.5,"small":0.000001,"smaller":1e-7,"smallest":1.5e-14,
             "long":123456789012.345}""");

    private final ArrayNode all = JsonNodeFactory.instance.arrayNode();

    private ShownVectors() {}

    static ArrayNode all() {
        ShownVectors vectors = new ShownVectors();
        vectors.add("permissions", ACME, ACCOUNTS_EN, List.of(), "W4SCT", "en");
        vectors.add("permissions, in German", ACME, ACCOUNTS_DE, List.of(), "W4SCT", "de");
        vectors.add("permissions, without a binding message", ACME, ACCOUNTS_EN, List.of(), null, "en");
        vectors.add("permissions, without a legal entity", UNVERIFIED, ACCOUNTS_EN, List.of(), "W4SCT", "en");
        vectors.add("nothing but who the customer is", UNVERIFIED, List.of(), List.of(), null, "en");
        vectors.add("payment", ACME, PAYMENTS_EN, ShownByABank.in("en", PAYMENT), "Rechnung 4711/26", "en");
        vectors.add("payment, in German", ACME, PAYMENTS_DE, ShownByABank.in("de", PAYMENT), "Rechnung 4711/26", "de");
        vectors.add("payment without a permission", ACME, List.of(), ShownByABank.in("en", PAYMENT), null, "en");
        vectors.add(
                "two details, with accounts to choose, in German",
                ACME,
                ACCOUNTS_DE,
                ShownByABank.in("de", BALANCES, RECURRING),
                null,
                "de");
        vectors.add("odd texts", UNVERIFIED, ODD, List.of(), "Grüße 😀 \"\\/", "en");
        vectors.add("detail of another type", ACME, List.of(), List.of(OWN), null, "en");
        vectors.add("detail with fractions", ACME, List.of(), List.of(FRACTIONS), null, "en");
        return vectors.all;
    }

    private static ShownDetail own(String json) {
        return new ShownDetail(
                new Detail("credit_line", CanonicalJson.of(Vectors.json(json))),
                false,
                List.of(
                        new DetailRow("Credit line", "€5,000.00", DetailRow.HEADLINE),
                        new DetailRow("Small print", "", DetailRow.QUIET)),
                Optional.empty());
    }

    /** @param bindingMessage or {@code null} */
    private void add(
            String name,
            RequestingClient client,
            List<PermissionGroup> groups,
            List<ShownDetail> details,
            String bindingMessage,
            String language) {
        ShownText words = ShownText.of(client, groups, language);
        ShownContent content = ShownContent.of(words, details, bindingMessage);
        ObjectNode vector = all.addObject().put("name", name);
        ObjectNode answer = vector.putObject("answer")
                .put("id", "6f1c8d3e-2c67-4a55-8f0a-4f8f5c1a9b%02d".formatted(all.size()))
                .put("status", "pending")
                .put("channel", "ciba")
                .putNull("consentId")
                .put("createdAt", "2026-11-27T08:00:00.250Z")
                .put("expiresAt", "2026-11-27T08:05:00.250Z")
                .put("bindingMessage", bindingMessage);
        answer.putArray("acrValues");
        answer.putObject("client")
                .put("clientId", client.clientId())
                .put("name", client.name())
                .put("legalEntity", client.legalEntity())
                .put("logoUri", client.logoUri())
                .put("policyUri", client.policyUri())
                .put("tosUri", client.tosUri());
        answer.put("selectable", !groups.isEmpty());
        groups.forEach(group -> add(answer.withArray("/groups"), group));
        answer.withArray("/groups");
        ArrayNode shown = answer.putArray("details");
        details.forEach(detail -> add(shown, detail));
        answer.put("language", language)
                .put("contentHash", content.hash())
                .put("challenge", DecisionVectors.CHALLENGE)
                .put(
                        "signatureRequired",
                        details.stream().anyMatch(ShownDetail::oneTime) ? "key+user-verification" : "none")
                .putNull("link")
                .putNull("decision");
        vector.put("words", words.content())
                .put("wordsHash", words.hash())
                .put("content", content.json())
                .put("contentHash", content.hash());
    }

    private static void add(ArrayNode groups, PermissionGroup group) {
        ObjectNode one = groups.addObject()
                .put("id", group.id())
                .put("title", group.title())
                .put("summary", group.summary());
        ArrayNode permissions = one.putArray("permissions");
        group.permissions().forEach(permission -> permissions
                .addObject()
                .put("scope", permission.scope())
                .put("title", permission.title())
                .put("detail", permission.detail())
                .put("required", permission.required())
                .putArray("claims"));
    }

    private static void add(ArrayNode details, ShownDetail detail) {
        ObjectNode one = details.addObject().put("type", detail.detail().type());
        // as the API does: as it is kept
        one.putRawValue("detail", new RawValue(detail.detail().json()));
        one.put("oneTime", detail.oneTime());
        ArrayNode rows = one.putArray("rows");
        detail.rows().forEach(row -> rows.addObject()
                .put("label", row.label())
                .put("value", row.value())
                .put("emphasis", row.emphasis()));
        detail.choice().ifPresentOrElse(choice -> add(one, choice), () -> one.putNull("accounts"));
    }

    private static void add(ObjectNode detail, AccountChoice choice) {
        ObjectNode accounts = detail.putObject("accounts")
                .put("field", choice.field().name())
                .put("many", choice.field().many())
                .put("required", choice.field().required());
        choice.named().forEach(accounts.withArray("/named")::add);
        accounts.withArray("/named");
        ArrayNode choices = accounts.putArray("choices");
        for (Account account : choice.accounts()) {
            choices.addObject()
                    .put("id", account.id())
                    .put("name", account.name())
                    .put("kind", account.kind())
                    .put("maskedNumber", account.maskedNumber())
                    .put("currency", account.currency());
        }
        accounts.put("unavailable", choice.unavailable());
    }
}
