package io.assent.it.screen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Http;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Element;

/** A consent page's form as its script signs it, made without the script. */
record SignedForm(WebPage page, Map<String, List<String>> fields) {

    /** An approval of the page as it stands, with these accounts chosen for its first detail. */
    static SignedForm of(WebPage page, String... accounts) {
        Map<String, List<String>> fields = new LinkedHashMap<>(page.fields());
        if (accounts.length > 0) {
            fields.put("account-0", List.of(accounts));
        }
        fields.put("decision", List.of("approve"));
        return new SignedForm(page, fields);
    }

    SignedForm with(Map<String, List<String>> more) {
        Map<String, List<String>> all = new LinkedHashMap<>(fields);
        all.putAll(more);
        return new SignedForm(page, all);
    }

    static boolean asksToSign(WebPage page) {
        return page.html().selectFirst("[data-consent-challenge]") != null;
    }

    /** What is signed of it. */
    String covered() {
        Element asked = page.html().selectFirst("[data-consent-challenge]");
        ObjectNode covered = Http.object();
        ObjectNode accounts = covered.putObject("accounts");
        new TreeMap<>(fields).forEach((name, values) -> {
            List<String> ids = sorted(values);
            if (name.startsWith("account-") && !ids.isEmpty()) {
                ids.forEach(accounts.putArray(name.substring("account-".length()))::add);
            }
        });
        covered.put("chl", asked.attr("data-consent-challenge")).put("dsp", asked.attr("data-consent-content"));
        ArrayNode permissions = covered.putArray("permissions");
        sorted(fields.getOrDefault("permission", List.of())).forEach(permissions::add);
        return covered.toString();
    }

    private static List<String> sorted(List<String> values) {
        return values.stream()
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}
