package io.assent.it.fuzz;

import static io.assent.testing.actor.DevRealm.BALANCES;

import io.assent.testing.http.Http;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Nonsense of all sorts, the same for the same seed. */
final class FuzzNoise {

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "\t",
            "\r\n",
            "null",
            "undefined",
            "NaN",
            "true",
            "-1",
            "0",
            "1e400",
            "2147483648",
            "9223372036854775808",
            "'",
            "\"",
            "\\",
            "%",
            "%00",
            "%zz",
            "%FF",
            "%C0%80",
            "../",
            "..%2f",
            "//",
            ";",
            "?",
            "#",
            "&",
            "=",
            "+",
            "<script>",
            "' OR 1=1--",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "%s%n%d",
            "\u0000",
            "\u00e9",
            "e\u0301",
            "\u202e",
            "\ufeff",
            "\uffff",
            "\ud83d\ude00",
            "\u0130",
            "\u212a",
            "\uff0e",
            "a\u0300\u0301\u0302",
            "openid",
            BALANCES,
            "approve",
            "deny",
            "*/*",
            "application/json",
            "urn:assent:problem:x");

    private final Random random;

    FuzzNoise(long seed, int number) {
        random = new Random(seed ^ number * 0x9E3779B97F4A7C15L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Mostly short, sometimes long. */
    String text() {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int part = 0; part < parts; part++) {
            switch (random.nextInt(5)) {
                case 0 -> text.append(NASTY.get(random.nextInt(NASTY.size())));
                case 1 -> text.appendCodePoint(random.nextInt(0xD800));
                case 2 -> text.appendCodePoint(0xE000 + random.nextInt(0x10FFFF - 0xE000));
                case 3 -> text.append((char) (0x21 + random.nextInt(0x5E)));
                default -> text.append(String.valueOf(random.nextInt()));
            }
        }
        return oneIn(50) ? text.toString().repeat(1 + random.nextInt(300)) : text.toString();
    }

    /** What can stand in one line of a request's head, and need not be allowed there. */
    String line() {
        return text().replaceAll("[\r\n\0]", "~");
    }

    /** What can stand in a path or query. */
    String segment() {
        String encoded = java.net.URLEncoder.encode(text(), StandardCharsets.UTF_8);
        return oneIn(3) ? line().replaceAll("\\s", "") : encoded;
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Any JSON value. */
    String json(int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0:
                return "null";
            case 1:
                return oneOf("true", "false");
            case 2:
                return oneOf("0", "-1", "1e999", "123456789012345678901234567890", "1.5", "01", "NaN", "-", "0x10");
            case 3, 4:
                return quoted(text());
            case 5:
                return text();
            case 6:
                return "[" + String.join(",", values(depth)) + "]";
            default:
                return "{" + String.join(",", members(depth)) + "}";
        }
    }

    private List<String> values(int depth) {
        List<String> values = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            values.add(json(depth - 1));
        }
        return values;
    }

    private List<String> members(int depth) {
        List<String> members = new ArrayList<>();
        for (String value : values(depth)) {
            members.add(quoted(oneOf("decision", "grantedScopes", "platform", "pushToken", "label", "locale", text()))
                    + ":" + value);
        }
        return members;
    }

    /** Sometimes not as JSON demands it. */
    String quoted(String text) {
        return oneIn(10)
                ? "\"" + text + "\""
                : Http.JSON.getNodeFactory().textNode(text).toString();
    }

    /** A text in which something has been changed. */
    byte[] damaged(String text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(value);
        }
        for (int left = 1 + random.nextInt(4); left > 0 && !bytes.isEmpty(); left--) {
            int at = random.nextInt(bytes.size());
            switch (random.nextInt(6)) {
                case 0 -> bytes.set(at, (byte) random.nextInt(256));
                case 1 -> bytes.remove(at);
                case 2 -> bytes.add(at, (byte) random.nextInt(256));
                case 3 -> bytes.subList(at, bytes.size()).clear();
                case 4 -> bytes.addAll(at, List.copyOf(bytes.subList(0, at)));
                default -> bytes.addAll(at, Collections.nCopies(1 + random.nextInt(2_000), bytes.get(at)));
            }
        }
        byte[] damaged = new byte[bytes.size()];
        for (int at = 0; at < damaged.length; at++) {
            damaged[at] = bytes.get(at);
        }
        return damaged;
    }
}
