package io.assent.sandbox.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what the doctor finds on a development server, whose first admin everybody knows. Ends with exit code 0 where
 * no finding is an error, with 1 where one is, and with 2 where the server can't be asked.
 */
public final class HouseCall {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private static final String LOGIN = "grant_type=password&client_id=admin-cli&username=admin&password=admin";

    /** Arguments: the server's base URL, such as {@code http://localhost:8080}, and the realm's name. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: HouseCall <base URL> <realm>, as in: HouseCall http://localhost:8080 bank");
            System.exit(2);
        }
        try {
            JsonNode diagnosis = diagnosis(arguments[0], arguments[1]);
            lines(arguments[1], diagnosis).forEach(System.out::println);
            System.exit(hasError(diagnosis) ? 1 : 0);
        } catch (IOException e) {
            System.err.println("The server could not be asked: " + e.getMessage());
            System.exit(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(2);
        }
    }

    private static JsonNode diagnosis(String server, String realm) throws IOException, InterruptedException {
        JsonNode login = send(request(server, "/realms/master/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(LOGIN)));
        return send(request(server, "/admin/realms/" + realm + "/consents/doctor")
                .header("Authorization", "Bearer " + login.path("access_token").asText()));
    }

    private static HttpRequest.Builder request(String server, String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER_WITHIN);
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build()
                .send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode() + " of "
                    + answer.request().uri().getPath());
        }
        return JSON.readTree(answer.body());
    }

    static boolean hasError(JsonNode diagnosis) {
        return diagnosis.get("findings").findValuesAsText("severity").contains("error");
    }

    static List<String> lines(String realm, JsonNode diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add("Realm '%s', %d clients: %s"
                .formatted(
                        realm,
                        diagnosis.get("clients").asInt(),
                        diagnosis.get("findings").isEmpty()
                                ? "nothing found."
                                : diagnosis.get("findings").size() + " findings."));
        for (JsonNode finding : diagnosis.get("findings")) {
            lines.add("");
            lines.add("%s  %s"
                    .formatted(
                            finding.get("severity").asText(), finding.get("id").asText()));
            lines.add("  " + finding.get("message").asText());
            for (JsonNode about : finding.get("about")) {
                String note = about.path("note").asText("");
                lines.add("  - %s %s%s"
                        .formatted(
                                about.get("kind").asText(),
                                printable(about.get("name").asText()),
                                about.path("note").isNull() ? "" : ": " + printable(note)));
            }
            int others = finding.get("total").asInt() - finding.get("about").size();
            if (others > 0) {
                lines.add("  - and " + others + " more");
            }
            lines.add("  Fix: " + finding.get("fix").asText());
        }
        return lines;
    }

    /** A terminal obeys control characters. */
    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private HouseCall() {}
}
