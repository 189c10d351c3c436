package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Permissions that change while a consent stands: the bank's staff rename one and split another, first as a dry run.
 * The company's refresh gets the new names and no more. The renaming is undone. Then more belongs to a permission: the
 * customer is asked for it, says yes, and the refresh has it. What is made for it has names of its own, and is removed
 * in the end; the document keeps the changes, undone, until their window of one day is over.
 */
final class ChangedPermissions {

    /** What asks for this journey on the command line. */
    static final String NAME = "changed-permissions";

    private static final String BINDING_MESSAGE = "LOAN-6";

    /** The changes of earlier plays are left out by it, once that is allowed. */
    private static final String OF_A_JOURNEY = "journey-";

    private static final int WINDOW_DAYS = 1;

    /** The walk over the realm's consents asks the customer: it begins within the interval of housekeeping. */
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(90);

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String clientId = "lender-" + run;

    private final String loans = permission("basic");
    private final String all = permission("all");
    private final String whole = permission("plan");
    private final String rates = permission("rates");
    private final String dates = permission("dates");
    private final String limits = permission("limits");
    private final String history = permission("history");

    private final Transcript transcript;
    private final Wire wire;
    private final Phone phone;
    private final Staff staff;
    private final Duration patience;

    ChangedPermissions(Wire wire, Realm realm, Phone phone, Duration patience) {
        this.transcript = wire.transcript();
        this.wire = wire;
        this.phone = phone;
        this.staff = new Staff(realm, transcript);
        this.patience = patience;
    }

    private String permission(String name) {
        return "loans." + name + "-" + run;
    }

    void play(PushStream pushes, String customer) throws InterruptedException {
        transcript.step("The bank's staff make permissions about loans, and register a lender that may ask for them");
        staff.logIn();
        try {
            changeAll(pushes, customer, new Tpp(wire, clientId, prepare()));
        } catch (JourneyException e) {
            tidyUpAnyway();
            throw e;
        }

        transcript.step("The staff undo what is left, and remove the lender and its permissions");
        tidyUp();
        transcript.checked("what was made for this journey is gone");
    }

    private void changeAll(PushStream pushes, String customer, Tpp tpp) throws InterruptedException {
        String refreshToken = grant(pushes, customer, tpp);

        ObjectNode renamed = change("rename", List.of(loans), all);
        ObjectNode split = change("split", List.of(whole), rates, dates);
        ObjectNode widened = change("widen", List.of(limits), history);

        tryOut(tpp, refreshToken, renamed, split);
        change(tpp, refreshToken, renamed, split);
        undo(tpp, refreshToken, renamed);
        widen(pushes, tpp, refreshToken, widened);
    }

    private String prepare() throws InterruptedException {
        List<String> names = List.of(loans, all, whole, rates, dates, limits, history);
        for (String name : names) {
            staff.makePermission(name, "Your loans: " + name.substring("loans.".length(), name.lastIndexOf('-')));
        }
        return staff.register(clientId, "Lender " + run, names);
    }

    private String grant(PushStream pushes, String customer, Tpp tpp) throws InterruptedException {
        Set<String> asked = Set.of(loans, whole, limits);
        transcript.step("The lender asks the customer for three of them");
        tpp.ask(customer, asked, BINDING_MESSAGE);
        String requestId = pushes.await(patience);
        phone.open(requestId, BINDING_MESSAGE, asked);

        transcript.step("The customer allows them, and the lender fetches its tokens");
        phone.approve(requestId, asked);
        Map<String, String> tokens = tpp.poll().orElseThrow(() -> new JourneyException("the lender was denied"));
        check(tokens, asked);
        return tokens.get("refresh_token");
    }

    private void tryOut(Tpp tpp, String refreshToken, ObjectNode renamed, ObjectNode split)
            throws InterruptedException {
        transcript.step("The staff write that one is renamed and another is split, and that a circle leads back");
        staff.logIn();
        ObjectNode inForce = staff.changes();
        staff.changeInVain(with(inForce, renamed, split, change("circle", List.of(all), loans)));
        transcript.checked("a circle is refused, and the answer says which change it is");

        transcript.step("Without the circle, the staff have a dry run count what would become of the consents");
        JsonNode counted = staff.tryOut(with(inForce, renamed, split));
        if (counted.path("mapped").asInt() != 1 || counted.path("needsCustomer").asInt() != 0) {
            throw new JourneyException("one consent should be mapped, and no customer be asked, but it is " + counted);
        }
        if (!staff.changes().path("version").equals(inForce.path("version"))) {
            throw new JourneyException("the dry run changed something");
        }
        check(tpp.refresh(refreshToken), Set.of(loans, whole, limits));
        transcript.checked("one consent would be mapped, and nothing is changed yet");
    }

    private void change(Tpp tpp, String refreshToken, ObjectNode renamed, ObjectNode split)
            throws InterruptedException {
        transcript.step("The staff put the changes in force");
        staff.logIn();
        staff.change(with(staff.changes(), renamed, split));

        transcript.step("The lender's next refresh gets the new names");
        check(tpp.refresh(refreshToken), Set.of(all, rates, dates, limits));
        transcript.checked("what was renamed and split goes by the new names, and nothing came on top");
    }

    private void undo(Tpp tpp, String refreshToken, ObjectNode renamed) throws InterruptedException {
        transcript.step("The staff undo the renaming, within its window");
        staff.logIn();
        staff.change(undone(staff.changes(), Set.of(renamed.path("id").asText())));

        transcript.step("The lender's next refresh has the old name again");
        check(tpp.refresh(refreshToken), Set.of(loans, rates, dates, limits));
        transcript.checked("the consent is what it was, but for the split, which stands");
    }

    private void widen(PushStream pushes, Tpp tpp, String refreshToken, ObjectNode widened)
            throws InterruptedException {
        transcript.step("The staff write that more belongs to a permission than before");
        staff.logIn();
        ObjectNode document = with(staff.changes(), widened);
        JsonNode counted = staff.tryOut(document);
        if (counted.path("needsCustomer").asInt() != 1) {
            throw new JourneyException("one customer should be asked, but it is " + counted);
        }
        staff.change(document);
        check(tpp.refresh(refreshToken), Set.of(loans, rates, dates, limits));
        transcript.checked("the old part works on, and nobody has the new one yet");

        transcript.step("The bank asks the customer for what is new, by a push");
        String requestId = pushes.await(ASKED_WITHIN);
        JsonNode amendment = phone.openAmendment(requestId, Set.of(history));
        if (!phone.amended(amendment).contains(limits)) {
            throw new JourneyException("the request names another consent");
        }
        transcript.checked("the app shows what is new alone");

        transcript.step("The customer says yes, and the lender's next refresh has it");
        phone.approve(requestId, Set.of(history));
        check(tpp.refresh(refreshToken), Set.of(loans, rates, dates, limits, history));
        transcript.checked("what was added came on top, and the same tokens go on");
    }

    /** What failed is what the reader has to know. */
    private void tidyUpAnyway() throws InterruptedException {
        try {
            tidyUp();
        } catch (JourneyException e) {
            transcript.note("The lender and its permissions stay: " + e.getMessage());
        }
    }

    private void tidyUp() throws InterruptedException {
        staff.logIn();
        ObjectNode inForce = staff.changes();
        if (inForce.path("changes").findValuesAsText("id").stream().anyMatch(id -> id.endsWith(run))) {
            staff.change(undone(inForce, Set.of(id("rename"), id("split"), id("widen"))));
        }
        staff.remove(clientId, Set.of(loans, all, whole, rates, dates, limits, history));
    }

    private static void check(Map<String, String> tokens, Set<String> permissions) {
        Permissions.require("the lender's token", tokens.get("access_token"), permissions);
    }

    private String id(String kind) {
        return OF_A_JOURNEY + kind + "-" + run;
    }

    private ObjectNode change(String kind, List<String> from, String... to) {
        ObjectNode change = JsonNodeFactory.instance
                .objectNode()
                .put("id", id(kind))
                .put("change", kind.equals("circle") ? "rename" : kind)
                .put("windowDays", WINDOW_DAYS);
        from.forEach(change.putArray("from")::add);
        Stream.of(to).forEach(change.putArray("to")::add);
        return change;
    }

    /** A document that has more than what is in force. */
    private static ObjectNode with(JsonNode inForce, ObjectNode... more) {
        ObjectNode document = written(inForce);
        Stream.of(more).forEach(((ArrayNode) document.path("changes"))::add);
        return document;
    }

    /** A document in which some of what is in force is undone. */
    private static ObjectNode undone(JsonNode inForce, Set<String> ids) {
        ObjectNode document = written(inForce);
        for (JsonNode change : document.path("changes")) {
            if (ids.contains(change.path("id").asText())) {
                ((ObjectNode) change).put("undone", true);
            }
        }
        return document;
    }

    /** What is in force, as it is sent; what earlier plays left goes once its window is over. */
    private static ObjectNode written(JsonNode inForce) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("version", inForce.path("version"));
        ArrayNode changes = document.putArray("changes");
        for (JsonNode change : inForce.path("changes")) {
            boolean isOver = Instant.parse(change.path("windowEnd").asText()).isBefore(Instant.now());
            if (!isOver || !change.path("id").asText().startsWith(OF_A_JOURNEY)) {
                changes.add(((ObjectNode) change.deepCopy()).without(List.of("since", "windowEnd")));
            }
        }
        return document;
    }
}
