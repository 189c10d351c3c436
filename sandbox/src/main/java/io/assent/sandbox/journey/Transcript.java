package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Tells the reader what happens, step by step. Tokens are abbreviated, passwords and secrets hidden. */
final class Transcript {

    private static final Set<String> HIDDEN = Set.of("client_secret", "secret", "password", "pushToken");
    private static final Set<String> ABBREVIATED = Set.of(
            "access_token",
            "refresh_token",
            "id_token",
            "token",
            "auth_req_id",
            "requestId",
            "id",
            "signature",
            "code",
            "code_verifier");
    private static final int SHOWN_OF_A_TOKEN = 8;
    private static final int SHOWN_OF_A_VALUE = 72;

    private final PrintStream out;
    private int step;
    private String title;

    Transcript(PrintStream out) {
        this.out = out;
    }

    void step(String what) {
        step++;
        title = what;
        out.printf("%n%2d. %s%n", step, what);
    }

    /** A line of its own below the step. */
    void note(String text) {
        out.println("      " + text);
    }

    void checked(String what) {
        out.println("    ✓ " + what);
    }

    void sent(String method, String path, Map<String, String> fields) {
        out.println("    → " + method + " " + abbreviatedPath(path));
        fields.forEach((name, value) -> note(name + " = " + presentable(name, value)));
    }

    /** An answer; {@code fields} are JSON pointers to what is worth showing of it. */
    void received(int status, JsonNode body, Set<String> fields) {
        arrived(String.valueOf(status), body, fields);
    }

    /** Something that came without being asked for. */
    void arrived(String what, JsonNode body, Set<String> fields) {
        StringJoiner shown = new StringJoiner(", ");
        for (String name : fields) {
            JsonNode value = body.at(name);
            if (!value.isMissingNode()) {
                String label = name.substring(name.lastIndexOf('/') + 1);
                shown.add(label + " = " + presentable(label, Answer.text(value)));
            }
        }
        out.println("    ← " + what + (shown.length() == 0 ? "" : "  " + shown));
    }

    void success(String text) {
        out.printf("%nAll %d steps done. %s%n", step, text);
    }

    void failure(String why) {
        out.printf("%nFailed in step %d, \"%s\": %s%n", step, title, why);
    }

    static String presentable(String name, String value) {
        if (HIDDEN.contains(name)) {
            return "••••••";
        }
        int shown = ABBREVIATED.contains(name) ? SHOWN_OF_A_TOKEN : SHOWN_OF_A_VALUE;
        return value.length() > shown ? value.substring(0, shown) + "…" : value;
    }

    private static String abbreviatedPath(String path) {
        return path.replaceAll("(/[0-9a-f]{8})-[0-9a-f-]{27}", "$1…").replaceAll("(/(?:links|returns)/.{4}).*", "$1…");
    }
}
