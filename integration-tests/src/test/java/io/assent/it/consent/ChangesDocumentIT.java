package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.AMOUNTS;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.WHOLE;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document by which a bank changes its permissions: what admins may write, and who may. */
class ChangesDocumentIT {

    private static final String REALM = "changes-document";

    private final ChangingBank bank = ChangingBank.open(REALM);
    private final Admin admin = bank.admin();
    private final Realm realm = bank.realm();
    private final Staff staff = bank.staff();

    @AfterEach
    void removeRealm() {
        bank.close();
    }

    @Test
    void whatCantBeIsNamedAndNothingOfItIsStored() {
        ObjectNode good = change("good", "rename", List.of(LOANS), WHOLE);
        for (ObjectNode bad : List.of(
                change("bad", "rename", List.of(WHOLE), LOANS),
                change("bad", "rename", List.of(LOANS), TERMS),
                change("bad", "rename", List.of(AMOUNTS), "loans.unknown"),
                change("bad", "rename", List.of(AMOUNTS), "profile"),
                change("bad", "split", List.of(AMOUNTS), TERMS))) {
            Answer refused = staff.setChanges(changes(0, good, bad));
            assertThat(refused.problem()).as(refused.toString()).isEqualTo("invalid-change");
            assertThat(refused.json().get("change").asText()).isEqualTo("bad");
            assertThat(refused.json().get("detail").asText()).startsWith("Change 'bad': ");
            assertThat(staff.tryChanges(changes(0, good, bad), "").problem()).isEqualTo("invalid-change");
        }
        ObjectNode tooMany = Http.object().put("version", 0);
        for (int at = 0; at <= 100; at++) {
            tooMany.withArrayProperty("changes").add(change("c" + at, "widen", List.of(LOANS), RATES));
        }
        for (JsonNode bad : List.of(
                tooMany,
                changes(0, good.deepCopy().put("windowDays", 401)),
                changes(0, good.deepCopy().put("windowDays", "30")),
                changes(0, good.deepCopy().put("more", "")),
                changes(0, good.deepCopy().put("change", "other")),
                Http.object().put("version", 0))) {
            assertThat(staff.setChanges(bad).problem()).as(bad.toString()).isEqualTo("malformed-request");
        }
        assertThat(staff.setChanges(Http.object().put("version", 0).put("changes", "x".repeat(70_000)))
                        .problem())
                .isEqualTo("content-too-large");
        assertThat(staff.changes().ok().get("version").asInt()).isZero();
        assertThat(staff.changes().ok().get("changes")).isEmpty();
    }

    @Test
    void theSameAgainIsAnsweredAsTheFirstTimeAndWhoComesLateReadsFirst() {
        ObjectNode document = changes(0, change("one", "rename", List.of(LOANS), WHOLE));

        JsonNode first = staff.setChanges(document).ok();

        assertThat(staff.setChanges(document).ok().get("changes")).isEqualTo(first.get("changes"));
        assertThat(first.get("version").asInt()).isEqualTo(1);
        Answer late = staff.setChanges(
                changes(0, change("one", "rename", List.of(LOANS), WHOLE), change("two", "retire", List.of(RATES))));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("stale-version");
        assertThat(admin.adminEvents(REALM, "consents/permissions/changes/put")).hasSize(1);
    }

    @Test
    void toChangePermissionsNeedsTheRightsForIt() {
        ObjectNode document = changes(0, change("one", "rename", List.of(LOANS), WHOLE));
        Staff viewer = Staff.of(realm, "view-realm", "view-clients", "manage-users");
        Staff clients = Staff.of(realm, "manage-clients", "view-users");

        viewer.changes().ok();
        assertThat(clients.changes().problem()).isEqualTo("missing-rights");
        for (Staff other : List.of(viewer, clients)) {
            assertThat(other.setChanges(document).problem()).isEqualTo("missing-rights");
            assertThat(other.tryChanges(document, "").problem()).isEqualTo("missing-rights");
        }
    }
}
