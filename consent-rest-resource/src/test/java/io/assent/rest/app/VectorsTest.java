package io.assent.rest.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What apps are tested with (samples/vectors) looks as what the API answers. */
class VectorsTest {

    @Test
    void anAnswerHasTheMembersThatTheApiGivesIt() throws IOException {
        List<JsonNode> answers = new ObjectMapper()
                .readTree(new File("../samples/vectors/content.json"))
                .findValues("answer");

        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            hasMembers(answer, RequestView.class);
            hasMembers(answer.path("client"), RequestView.Client.class);
            answer.path("groups").forEach(group -> {
                hasMembers(group, RequestView.Group.class);
                group.path("permissions").forEach(permission -> hasMembers(permission, RequestView.Permission.class));
            });
            answer.path("details").forEach(detail -> {
                hasMembers(detail, DetailView.class);
                detail.path("rows").forEach(row -> hasMembers(row, DetailView.Row.class));
                JsonNode accounts = detail.path("accounts");
                if (!accounts.isNull()) {
                    hasMembers(accounts, DetailView.Accounts.class);
                    accounts.path("choices").forEach(account -> hasMembers(account, DetailView.AccountView.class));
                }
            });
        });
    }

    private static void hasMembers(JsonNode object, Class<? extends Record> view) {
        assertThat(object.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(view.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }
}
