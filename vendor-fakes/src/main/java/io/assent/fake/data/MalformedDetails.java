package io.assent.fake.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Authorization details that nobody may send, the same for the same seed: {@link SoundDetails}, each broken in one way.
 */
public final class MalformedDetails {

    private static final String STRUCTURE = "[]:,\"";

    /** Control, direction, line separator, half of a pair, private use, no character at all. */
    private static final String FORBIDDEN =
            "\u0000\u0007\n\u007F\u0085\u200E\u202E\u2066\u2028\uD800\uDC00\uE000\uFFFF";

    private static final List<String> NO_AMOUNTS = List.of(
            "0",
            "0.0",
            "00",
            "-1",
            "+1",
            "1e3",
            "1E3",
            ".5",
            "1.",
            "01",
            "1,5",
            "1.2345",
            "0x10",
            "NaN",
            " 1",
            "1 ",
            "١",
            "1_000",
            "9999999999999999999",
            "0.0000000000000000001",
            "Infinity",
            "1".repeat(5_000));
    private static final List<String> NO_CURRENCIES =
            List.of("XXX", "XAU", "eur", "EU", "EURO", "ZZZ", "", "€", "E\u0280R");
    private static final List<String> NO_DAYS = List.of(
            "2090-02-30",
            "2091-02-29",
            "2090-13-01",
            "2090-00-10",
            "2090-1-1",
            "20900101",
            "2090-01-01T00:00:00Z",
            "+12090-01-01",
            "-2090-01-01",
            "2090-W01-1",
            "today",
            "",
            "２０９０-01-01");
    private static final List<String> NO_TYPES = List.of(
            "", "nothing", "Payment_Initiation", "payment_initiation ", "openid_credential", "account-information");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> NO_OBJECTS = List.of(
            JSON.nullNode(),
            JSON.numberNode(0),
            JSON.textNode("payment_initiation"),
            JSON.booleanNode(true),
            JSON.arrayNode(),
            JSON.objectNode());

    private final Random random;
    private final SoundDetails sound;
    private final List<UnaryOperator<ArrayNode>> broken = List.of(
            this::withoutField,
            this::withAnotherField,
            this::withAnotherKind,
            this::withTooLongText,
            this::withEmptyText,
            this::withForbiddenCharacter,
            this::withNoAmount,
            this::withNoCurrency,
            this::withNoDay,
            this::withNoIban,
            this::withNoType,
            this::withOldDay,
            this::twice,
            this::tooMany,
            this::withNoObject,
            this::nested,
            this::withTooManyAccounts);
    private final List<UnaryOperator<String>> brokenText = List.of(
            this::cut,
            this::withoutStructure,
            this::withDoubleKey,
            this::withMore,
            this::padded,
            this::deep,
            this::noArray,
            this::noNumber,
            this::noise);

    private MalformedDetails(Random random) {
        this.random = random;
        this.sound = new SoundDetails(random);
    }

    /** Without end. */
    public static Stream<String> of(long seed) {
        return Stream.generate(new MalformedDetails(new Random(seed))::next);
    }

    private String next() {
        ArrayNode details = sound.next();
        int way = random.nextInt(broken.size() + brokenText.size());
        return way < broken.size()
                ? broken.get(way).apply(details).toString()
                : brokenText.get(way - broken.size()).apply(details.toString());
    }

    private ArrayNode withoutField(ArrayNode details) {
        ObjectNode detail = any(details);
        detail.remove(any(required(detail)));
        return details;
    }

    private static List<String> required(ObjectNode detail) {
        return switch (detail.path("type").asText()) {
            case "account_information" -> List.of("type", "actions");
            case "payment_initiation" -> List.of("type", "instructedAmount", "creditorName", "creditorAccount");
            default ->
                List.of(
                        "type",
                        "creditorName",
                        "creditorAccount",
                        "maximumIndividualAmount",
                        "periodicLimit",
                        "validTo");
        };
    }

    private ArrayNode withAnotherField(ArrayNode details) {
        String name = any(List.of(
                "Type", "amount", "currencY", "", " ", "__proto__", "$ref", "ibann", "x".repeat(200), "\u202Ey", "名"));
        any(objects(details)).put(name, "x");
        return details;
    }

    private ArrayNode withAnotherKind(ArrayNode details) {
        ObjectNode in = any(objects(details));
        String name = any(names(in));
        JsonNode was = in.get(name);
        in.set(
                name,
                any(List.of(
                        JSON.nullNode(),
                        JSON.numberNode(random.nextLong()),
                        JSON.booleanNode(true),
                        JSON.numberNode(1e300),
                        JSON.objectNode(),
                        JSON.arrayNode(),
                        JSON.objectNode().set("id", was.deepCopy()),
                        JSON.arrayNode().add(was.deepCopy()))));
        return details;
    }

    private ArrayNode withTooLongText(ArrayNode details) {
        return withText(details, "x".repeat(141 + random.nextInt(300)));
    }

    private ArrayNode withEmptyText(ArrayNode details) {
        return withText(details, "");
    }

    private ArrayNode withForbiddenCharacter(ArrayNode details) {
        ObjectNode in = any(objectsWithText(details));
        String name = any(texts(in));
        String text = in.path(name).textValue();
        int place = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        char forbidden = FORBIDDEN.charAt(random.nextInt(FORBIDDEN.length()));
        in.put(name, text.substring(0, place) + forbidden + text.substring(place));
        return details;
    }

    private ArrayNode withText(ArrayNode details, String text) {
        ObjectNode in = any(objectsWithText(details));
        in.put(any(texts(in)), text);
        return details;
    }

    private ArrayNode withNoAmount(ArrayNode details) {
        return with(details, "amount", any(NO_AMOUNTS));
    }

    private ArrayNode withNoCurrency(ArrayNode details) {
        return with(details, "currency", any(NO_CURRENCIES));
    }

    private ArrayNode withNoType(ArrayNode details) {
        return with(details, "type", any(NO_TYPES));
    }

    private ArrayNode withNoDay(ArrayNode details) {
        return with(details, any(List.of("historyFrom", "historyTo", "validUntil", "validTo")), any(NO_DAYS));
    }

    private ArrayNode withOldDay(ArrayNode details) {
        return with(details, any(List.of("validUntil", "validTo")), "2001-01-01");
    }

    private ArrayNode withNoIban(ArrayNode details) {
        List<ObjectNode> holders =
                objects(details).stream().filter(in -> in.has("iban")).toList();
        if (holders.isEmpty()) {
            return withNoType(details);
        }
        ObjectNode in = any(holders);
        String iban = in.path("iban").textValue();
        int place = 4 + random.nextInt(iban.length() - 4);
        char other = (char) ('0' + (iban.charAt(place) - '0' + 1 + random.nextInt(8)) % 10);
        in.put(
                "iban",
                any(List.of(
                        iban.substring(0, place) + other + iban.substring(place + 1),
                        iban.substring(0, place) + iban.substring(place + 1),
                        iban + '0',
                        iban.toLowerCase(Locale.ROOT),
                        "ZZ" + iban.substring(2),
                        iban.substring(0, 4) + ' ' + iban.substring(4),
                        "DE00" + iban.substring(4))));
        return details;
    }

    /** In one that has it, or else in the first detail, where it is a field that there is none of. */
    private ArrayNode with(ArrayNode details, String name, String text) {
        List<ObjectNode> holders =
                objects(details).stream().filter(in -> in.has(name)).toList();
        (holders.isEmpty() ? (ObjectNode) details.get(0) : any(holders)).put(name, text);
        return details;
    }

    private ArrayNode twice(ArrayNode details) {
        return details.add(details.get(0).deepCopy());
    }

    private ArrayNode tooMany(ArrayNode details) {
        while (details.size() <= 10) {
            details.addAll(sound.next());
        }
        return details;
    }

    private ArrayNode withNoObject(ArrayNode details) {
        return details.insert(random.nextInt(details.size() + 1), any(NO_OBJECTS));
    }

    private ArrayNode nested(ArrayNode details) {
        return JSON.arrayNode().add(details);
    }

    private ArrayNode withTooManyAccounts(ArrayNode details) {
        ArrayNode accounts = any(details).putArray("accounts");
        for (int account = 0; account <= 50; account++) {
            accounts.addObject().put("id", "acc-" + account);
        }
        return details;
    }

    private String cut(String json) {
        return json.substring(0, random.nextInt(json.length()));
    }

    private String withoutStructure(String json) {
        int place = random.nextInt(json.length());
        while (STRUCTURE.indexOf(json.charAt(place)) < 0) {
            place = (place + 1) % json.length();
        }
        return json.substring(0, place) + json.substring(place + 1);
    }

    private String withDoubleKey(String json) {
        return json.replaceFirst("\\{", "{\"type\":\"payment_initiation\",");
    }

    private String withMore(String json) {
        return json + any(List.of("[]", "x", ",", "null", json, "//", "\u0000", "]", "\uFEFF"));
    }

    private String padded(String json) {
        return " ".repeat(8_192) + json;
    }

    private String deep(String json) {
        int depth = 1 + random.nextInt(4_000);
        return any(List.of(
                "[".repeat(depth) + "]".repeat(depth),
                "[{\"a\":".repeat(depth),
                "[".repeat(depth) + json + "]".repeat(depth)));
    }

    private String noArray(String json) {
        return any(List.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "\"\"",
                "0",
                "[null]",
                json.substring(1, json.length() - 1),
                "{\"a\":" + json + '}'));
    }

    private String noNumber(String json) {
        String number = any(List.of(
                "1.5",
                "-0.0",
                "1e400",
                "1E5",
                "9".repeat(400),
                "9".repeat(2_000),
                "9007199254740992",
                "NaN",
                "-Infinity",
                "01"));
        return json.replaceFirst("\"type\":\"[a-z_]+\"", "$0,\"n\":" + number);
    }

    private String noise(String json) {
        StringBuilder noise = new StringBuilder("[{");
        random.ints(random.nextInt(2_000), 0, 0x10000).forEach(character -> noise.append((char) character));
        return noise.toString();
    }

    private static List<ObjectNode> objects(JsonNode in) {
        List<ObjectNode> found = new ArrayList<>();
        if (in instanceof ObjectNode object) {
            found.add(object);
        }
        in.forEach(child -> found.addAll(objects(child)));
        return found;
    }

    private static List<ObjectNode> objectsWithText(ArrayNode details) {
        return objects(details).stream().filter(in -> !texts(in).isEmpty()).toList();
    }

    private static List<String> texts(ObjectNode in) {
        return names(in).stream().filter(name -> in.path(name).isTextual()).toList();
    }

    private static List<String> names(ObjectNode in) {
        List<String> names = new ArrayList<>();
        in.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private ObjectNode any(ArrayNode details) {
        return (ObjectNode) details.get(random.nextInt(details.size()));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
