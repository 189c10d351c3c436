package io.assent.testing.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a {@link WebClient} got in the end.
 *
 * @param uri where it is from; where the browser was sent away from the server, where to
 * @param left whether the browser was sent away from the server
 */
public record WebPage(URI uri, int status, boolean left, String body) {

    public Document html() {
        return Jsoup.parse(body, uri.toString());
    }

    /** Whether it asks for permissions. */
    public boolean asks() {
        return form().map(form -> !form.select("[name=decision]").isEmpty()).orElse(false);
    }

    /** The names of the permissions that can be chosen, or are chosen already. */
    public List<String> permissions() {
        return html().select("[name=permission]").eachAttr("value");
    }

    public Optional<Element> form() {
        return Optional.ofNullable(html().selectFirst("form[method=post]"));
    }

    public URI action() {
        return URI.create(
                form().orElseThrow(() -> new AssertionError("no form: " + this)).absUrl("action"));
    }

    /** What sending the form as it stands would send, without any button. */
    public Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Element input :
                form().orElseThrow(() -> new AssertionError("no form: " + this)).select("input[name]")) {
            boolean box =
                    input.attr("type").equals("checkbox") || input.attr("type").equals("radio");
            if (!input.hasAttr("disabled") && (!box || input.hasAttr("checked"))) {
                fields.computeIfAbsent(input.attr("name"), name -> new ArrayList<>())
                        .add(input.attr("value"));
            }
        }
        return fields;
    }
}
