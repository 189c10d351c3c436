package io.assent.testing.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What axe-core finds in the page that a browser shows, by the rules for WCAG 2.2 AA and good practice. */
public final class Axe {

    private static final String SCRIPT = script();

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /**
     * Each violation in a line: the rule, what it says, and where the page breaks it. What moves is looked at when it
     * has come to rest: a colour on the way to another is none of the page's.
     *
     * @param others selectors of what is not ours and is passed over
     */
    public static List<String> violations(Browser browser, String... others) {
        browser.run(SCRIPT);
        Object found = browser.runAsync("""
                const [rules, others, answer] = arguments;
                const moving = document.getAnimations()
                    .filter(({effect}) => Number.isFinite(effect?.getComputedTiming().endTime));
                const still = Promise.allSettled(moving.map(({finished}) => finished));
                const longEnough = new Promise((go) => setTimeout(go, 2000));
                Promise.race([still, longEnough]).then(() => axe.run({include: [['html']], exclude: others.map((other) => [other])}, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}))
                    .then(({passes, violations}) => answer({rulesPassed: passes.length, violations: violations.map(
                        ({id, help, nodes}) => `${id}: ${help}: ${nodes.map(({html, failureSummary}) =>
                            `${html} (${failureSummary})`).join(' and ')}`)}))
                    .catch((error) => answer({rulesPassed: 0, violations: [String(error)]}));
                """, RULES, List.of(others));
        return checked((Map<?, ?>) found);
    }

    private static List<String> checked(Map<?, ?> found) {
        List<String> violations = ((List<?>) found.get("violations"))
                .stream().map(String.class::cast).toList();
        // a guard against rules of other names: axe passes over a tag that it does not know
        if (violations.isEmpty() && (Long) found.get("rulesPassed") < 20) {
            throw new AssertionError("axe looked at next to nothing: " + found);
        }
        return violations;
    }

    private static String script() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Axe() {}
}
