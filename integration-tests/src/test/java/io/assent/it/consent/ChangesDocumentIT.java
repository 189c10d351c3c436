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
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document by which a bank changes its permissions: what admins may write, and who may. */
class ChangesDocumentIT {

    private static final String REALM = "changes-document";
    private static final String IMPORTED = "changes-imported";
    private static final String TYPE = "io.assent.permission.change.ChangedPermissions";

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
    void ofSeveralThatWriteAtOnceOneIsTaken() throws Exception {
        List<ObjectNode> written = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int at = 0; at < 6; at++) {
                ObjectNode document = changes(round, written.toArray(ObjectNode[]::new));
                ObjectNode next = change("r" + round + "-" + at, "widen", List.of(LOANS), RATES);
                document.withArrayProperty("changes").add(next);
                calls.add(() -> staff.setChanges(document));
            }
            List<Answer> answers = AtOnce.all(calls.size(), calls);

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(late -> assertThat(late.problem()).isEqualTo("stale-version"));
            JsonNode now = staff.changes().ok();
            assertThat(now.get("version").asInt()).isEqualTo(round + 1);
            assertThat(now.get("changes")).hasSize(round + 1);
            written.add(change(now.get("changes").get(round).get("id").asText(), "widen", List.of(LOANS), RATES));
        }
    }

    @Test
    void theSameAtOnceIsWrittenOnceAndAnsweredAlike() throws Exception {
        List<ObjectNode> written = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            written.add(change("r" + round, "widen", List.of(LOANS), RATES));
            ObjectNode document = changes(round, written.toArray(ObjectNode[]::new));

            List<Answer> answers = AtOnce.all(Collections.nCopies(6, () -> staff.setChanges(document)));

            assertThat(answers)
                    .extracting(answer -> answer.ok().get("changes"))
                    .containsOnly(staff.changes().ok().get("changes"));
            assertThat(staff.changes().ok().get("version").asInt()).isEqualTo(round + 1);
        }
        assertThat(admin.adminEvents(REALM, "consents/permissions/changes/put")).hasSize(written.size());
    }

    @Test
    void keycloaksOwnApiWritesNoDocument() {
        String document = document();
        ObjectNode component = admin.components(REALM, TYPE).get(0);
        admin.changeComponent(REALM, with(component, "{\"version\":2,\"changes\":[]}"))
                .ok();
        assertThat(document()).isEqualTo(document);

        ObjectNode second = with(component, document);
        second.remove("id");
        assertThat(admin.addComponent(REALM, second).status()).isEqualTo(400);
        admin.removeComponent(REALM, component);
        // Keycloak leaves out what the component's type does not list, or its rules refuse it: nothing comes into force
        admin.addComponent(REALM, with(second, document.replace("\"windowDays\":30", "\"windowDays\":4000")));
        assertThat(staff.changes().ok().get("changes")).isEmpty();
    }

    @Test
    void aRealmIsImportedWithItsChangesUnlessTheyContradictThemselves() {
        String document = document();
        for (String other : List.of(
                document.replace("\"version\":1", "\"version\":0"),
                document.replace("\"since\":\"20", "\"since\":\"21"),
                document.replace("\"windowDays\":30", "\"windowDays\":4000"),
                document.replace(WHOLE, LOANS),
                "{}")) {
            assertThat(other).isNotEqualTo(document);
            assertThat(admin.importRealm(imported(other)).status()).as(other).isGreaterThanOrEqualTo(400);
        }
        assertThat(admin.importRealm(imported(document)).status()).isEqualTo(201);
        admin.removeRealm(IMPORTED);
    }

    /** As it is stored, once there is a change. */
    private String document() {
        staff.setChanges(changes(0, change("one", "rename", List.of(LOANS), WHOLE)))
                .ok();
        return Postgres.texts(
                        Servers.shared(Database.POSTGRESQL).databaseName(),
                        "SELECT s.value FROM component_config s JOIN component c ON c.id = s.component_id"
                                + " WHERE s.name = 'document' AND c.realm_id = '" + admin.realmId(REALM) + "'")
                .get(0);
    }

    private static RealmFile imported(String document) {
        return Servers.realmFile().named(IMPORTED).with(realm -> {
            ObjectNode component = realm.withObjectProperty("components")
                    .withArrayProperty(TYPE)
                    .addObject()
                    .put("name", "assent-changes")
                    .put("providerId", "assent-changes");
            component.putObject("config").putArray("document").add(document);
        });
    }

    private static ObjectNode with(ObjectNode component, String document) {
        ObjectNode other = component.deepCopy();
        other.withObjectProperty("config").putArray("document").add(document);
        return other;
    }

    @Test
    void afterTheDocumentWasRemovedAnotherOneIsWalkedAnewThoughItsVersionIsTheSame() {
        staff.setChanges(changes(0, change("one", "retire", List.of(RATES)))).ok();
        bank.awaitWalk();
        admin.removeComponent(REALM, admin.components(REALM, TYPE).get(0));

        JsonNode anew = staff.setChanges(changes(0, change("one", "retire", List.of(LOANS))))
                .ok();

        assertThat(anew.get("version").asInt()).isEqualTo(1);
        assertThat(anew.at("/followed/done").asBoolean()).isFalse();
        bank.awaitWalk();
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
