package io.assent.rest.admin.change;

import io.assent.permission.change.ChangeRules;
import io.assent.permission.change.Draft;
import io.assent.permission.change.Kind;
import io.assent.rest.JsonBody;
import io.assent.rest.TextRule;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All changes of a realm as a body has them.
 *
 * @param version of those that the caller read, and wants to go on from
 */
record SentChanges(int version, List<Draft> changes) {

    static final TextRule ID = new TextRule(36, ChangeRules.ID);

    static final TextRule KIND = new TextRule(
            6,
            Pattern.compile(Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining("|", "(", ")"))));

    static SentChanges read(JsonBody body) {
        int version = body.number("version", 0, Integer.MAX_VALUE);
        List<Draft> changes = body.objects("changes", ChangeRules.MOST).stream()
                .map(SentChanges::change)
                .toList();
        body.refuseOthers();
        return new SentChanges(version, changes);
    }

    private static Draft change(JsonBody sent) {
        Draft draft = new Draft(
                sent.text("id", ID),
                Kind.of(sent.text("change", KIND)).orElseThrow(),
                names(sent, "from"),
                names(sent, "to"),
                sent.number("windowDays", ChangeRules.LEAST_DAYS, ChangeRules.MOST_DAYS),
                sent.flag("undone"),
                sent.flag("silent"));
        sent.refuseOthers();
        return draft;
    }

    private static List<String> names(JsonBody sent, String field) {
        return sent.texts(field, TextRule.SCOPE).map(List::copyOf).orElse(List.of());
    }
}
